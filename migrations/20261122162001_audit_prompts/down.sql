DO $$
BEGIN
    IF to_regclass('prompts.kinds') IS NOT NULL THEN
        DROP TRIGGER IF EXISTS audit_row ON prompts.kinds;
    END IF;
END
$$;
