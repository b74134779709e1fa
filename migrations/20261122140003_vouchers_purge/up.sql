-- Nobody changes what is written; it goes only with the business whose it was.
CREATE OR REPLACE FUNCTION vouchers.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF motel_is_purging() THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'what moved on a gift card stays; move it back'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'movements_are_append_only';
END
$$;
