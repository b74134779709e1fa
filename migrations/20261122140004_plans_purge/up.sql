-- Nobody changes what is written; it goes only with the business whose it was.
CREATE OR REPLACE FUNCTION plans.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF motel_is_purging() THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'what was used or issued stays as it is'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'plans_are_append_only';
END
$$;
