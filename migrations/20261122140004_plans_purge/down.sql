CREATE OR REPLACE FUNCTION plans.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was used or issued stays as it is'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'plans_are_append_only';
END
$$;
