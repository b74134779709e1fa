-- Nobody changes what is written; it goes only with the business whose it was.
CREATE OR REPLACE FUNCTION billing.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF motel_is_purging() THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'what is in the ledger stays; take it back by a line of its own'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'ledger_is_append_only';
END
$$;
