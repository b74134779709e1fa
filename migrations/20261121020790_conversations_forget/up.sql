-- What was said was said, until who said it is erased: it can be overwritten with nothing else.
GRANT UPDATE (text, intent, entities, actions) ON conversations.turns TO motel_app;

CREATE FUNCTION conversations.only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.text, NEW.entities, NEW.actions) IS DISTINCT FROM ('(erased)'::text, '{}'::jsonb, '[]'::jsonb)
        OR NEW.intent IS NOT NULL THEN
        RAISE EXCEPTION 'permission denied: what was said is not rewritten' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER turns_only_erased BEFORE UPDATE ON conversations.turns
    FOR EACH ROW EXECUTE FUNCTION conversations.only_erased();
