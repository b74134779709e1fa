DO $$
BEGIN
    IF to_regclass('shadow.candidates') IS NOT NULL THEN
        DROP TRIGGER IF EXISTS audit_row ON shadow.candidates;
    END IF;
END
$$;
