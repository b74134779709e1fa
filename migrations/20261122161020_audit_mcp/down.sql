DO $$
BEGIN
    IF to_regclass('mcp.ceilings') IS NOT NULL THEN
        DROP TRIGGER IF EXISTS audit_row ON mcp.ceilings;
    END IF;
END
$$;
