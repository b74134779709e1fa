CREATE OR REPLACE FUNCTION vouchers.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what moved on a gift card stays; move it back'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'movements_are_append_only';
END
$$;
