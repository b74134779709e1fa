-- What happened names who booked, by their address, and is not rewritten; of a guest who is erased, an address that leads
-- nowhere takes the place of theirs, and nothing else changes.
GRANT UPDATE (payload) ON jobs.events TO motel_app;

CREATE FUNCTION jobs.only_addresses_erased() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    address CONSTANT text := '"[^"@\s]+@[^"@\s]+"';
BEGIN
    IF regexp_replace(NEW.payload::text, address, '""', 'g') <> regexp_replace(OLD.payload::text, address, '""', 'g')
        OR NEW.payload::text !~ '"erased-[0-9a-f]+@erased\.invalid"' THEN
        RAISE EXCEPTION 'permission denied: what happened is not rewritten' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER events_only_addresses_erased BEFORE UPDATE OF payload ON jobs.events
    FOR EACH ROW EXECUTE FUNCTION jobs.only_addresses_erased();
