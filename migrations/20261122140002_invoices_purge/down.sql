CREATE OR REPLACE FUNCTION invoices.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was issued stays; take it back by a credit note'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'invoices_are_append_only';
END
$$;
