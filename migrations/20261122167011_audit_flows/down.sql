DO $$
BEGIN
    IF to_regclass('flows.active') IS NOT NULL THEN
        DROP TRIGGER IF EXISTS audit_row ON flows.active;
    END IF;
END
$$;
