-- Two roles that own nothing and may not bypass row-level security. Roles belong to the whole cluster, so several
-- databases may try to make them at the same moment.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['motel_app', 'motel_platform'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', wanted);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL;
            END;
        END IF;
        IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
        END IF;
    END LOOP;
END
$$;

-- The tenant of this transaction; null, and so equal to nothing, when none was set.
CREATE FUNCTION motel_current_tenant() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.tenant_id', true), '')::uuid;

-- Puts a table under row-level security by tenant and opens it to the application's role.
CREATE FUNCTION motel_tenant_table(target regclass, privileges text DEFAULT 'SELECT, INSERT, UPDATE, DELETE')
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format(
        'CREATE POLICY tenant_isolation ON %s TO motel_app '
        'USING (tenant_id = motel_current_tenant()) WITH CHECK (tenant_id = motel_current_tenant())', target);
    EXECUTE format('GRANT %s ON %s TO motel_app', privileges, target);
END
$$;

-- Opens a table to work across tenants: finding a tenant by its name, sign-in, the job runner.
CREATE FUNCTION motel_platform_access(target regclass, privileges text)
    RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    in_schema text := (SELECT relnamespace::regnamespace FROM pg_class WHERE oid = target);
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %s TO motel_platform', in_schema);
    EXECUTE format('CREATE POLICY platform_access ON %s TO motel_platform USING (true) WITH CHECK (true)', target);
    EXECUTE format('GRANT %s ON %s TO motel_platform', privileges, target);
END
$$;
