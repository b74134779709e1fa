CREATE OR REPLACE FUNCTION billing.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is in the ledger stays; take it back by a line of its own'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'ledger_is_append_only';
END
$$;
