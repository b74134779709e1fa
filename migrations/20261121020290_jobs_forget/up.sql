-- What happened names who booked, by their address, and is not rewritten; of a guest who is erased, an address that leads
-- nowhere takes the place of theirs. The function is the only way: it changes nothing else, and of no other tenant.
CREATE FUNCTION jobs.reword(was text, becomes text) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    reworded bigint;
BEGIN
    IF was = '' OR becomes !~ '^erased-[0-9a-f]+@erased\.invalid$' THEN
        RAISE EXCEPTION 'only an erased address can be put in the place of another' USING ERRCODE = 'check_violation';
    END IF;
    -- Compared as JSON, quotes and all, so that no longer text is torn apart that has this one within it.
    UPDATE jobs.events
    SET payload = replace(payload::text, to_json(was)::text, to_json(becomes)::text)::jsonb
    WHERE tenant_id = public.motel_current_tenant() AND strpos(payload::text, to_json(was)::text) > 0;
    GET DIAGNOSTICS reworded = ROW_COUNT;
    RETURN reworded;
END
$$;

REVOKE ALL ON FUNCTION jobs.reword FROM PUBLIC;
GRANT EXECUTE ON FUNCTION jobs.reword TO motel_app;
