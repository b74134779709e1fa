-- A third role that owns nothing and may not bypass row-level security: it looks at the rows of one tenant and deletes them, for when a
-- business is gone for good. Nobody else may delete from tables that only grow.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'motel_purge') THEN
        BEGIN
            CREATE ROLE motel_purge NOLOGIN NOSUPERUSER NOBYPASSRLS;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
    IF NOT pg_has_role(current_user, 'motel_purge', 'MEMBER') THEN
        GRANT motel_purge TO CURRENT_USER;
    END IF;
END
$$;

-- Whether who asks is that role: what the triggers of tables that only grow make an exception for.
CREATE FUNCTION motel_is_purging() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN current_user = 'motel_purge';

-- Opens a table of tenants to that role, one tenant at a time.
CREATE FUNCTION motel_purge_access(target regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    in_schema text := (SELECT relnamespace::regnamespace FROM pg_class WHERE oid = target);
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %s TO motel_purge', in_schema);
    EXECUTE format(
        'CREATE POLICY tenant_purge ON %s TO motel_purge '
        'USING (tenant_id = motel_current_tenant()) WITH CHECK (tenant_id = motel_current_tenant())', target);
    EXECUTE format('GRANT SELECT, DELETE ON %s TO motel_purge', target);
END
$$;

-- As before, and what a tenant leaves behind can be purged.
CREATE OR REPLACE FUNCTION motel_tenant_table(target regclass, privileges text DEFAULT 'SELECT, INSERT, UPDATE, DELETE')
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format(
        'CREATE POLICY tenant_isolation ON %s TO motel_app '
        'USING (tenant_id = motel_current_tenant()) WITH CHECK (tenant_id = motel_current_tenant())', target);
    EXECUTE format('GRANT %s ON %s TO motel_app', privileges, target);
    PERFORM motel_purge_access(target);
END
$$;

-- The tables there are already.
DO $$
DECLARE
    target regclass;
BEGIN
    FOR target IN SELECT polrelid::regclass FROM pg_policy WHERE polname = 'tenant_isolation' LOOP
        PERFORM motel_purge_access(target);
    END LOOP;
END
$$;

-- Deletes every row of the transaction's tenant, in whatever table. All tables in one statement, because foreign keys are looked at when
-- it ends: so they need no order, and some point at each other.
CREATE FUNCTION motel_purge_tenant() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    statement text;
BEGIN
    IF motel_current_tenant() IS NULL THEN
        RAISE EXCEPTION 'nobody said which tenant';
    END IF;
    SELECT 'WITH ' || string_agg(
        format('of_%s AS (DELETE FROM %s WHERE tenant_id = motel_current_tenant())', polrelid, polrelid::regclass), ', ') || ' SELECT'
    INTO statement FROM pg_policy WHERE polname = 'tenant_purge';
    EXECUTE statement;
END
$$;
