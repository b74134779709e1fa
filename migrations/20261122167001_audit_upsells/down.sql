DO $$
BEGIN
    IF to_regclass('upsells.rules') IS NOT NULL THEN
        DROP TRIGGER IF EXISTS audit_row ON upsells.rules;
    END IF;
END
$$;
