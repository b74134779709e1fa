-- Nobody changes what is written; it goes only with the business whose it was.
CREATE OR REPLACE FUNCTION invoices.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF motel_is_purging() THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'what was issued stays; take it back by a credit note'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'invoices_are_append_only';
END
$$;
