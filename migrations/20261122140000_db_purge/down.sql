-- The role stays: other databases of the cluster may use it.
DROP FUNCTION motel_purge_tenant();
DO $$
DECLARE
    target regclass;
BEGIN
    FOR target IN SELECT polrelid::regclass FROM pg_policy WHERE polname = 'tenant_purge' LOOP
        EXECUTE format('DROP POLICY tenant_purge ON %s', target);
        EXECUTE format('REVOKE ALL ON %s FROM motel_purge', target);
    END LOOP;
END
$$;
CREATE OR REPLACE FUNCTION motel_tenant_table(target regclass, privileges text DEFAULT 'SELECT, INSERT, UPDATE, DELETE')
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
DROP FUNCTION motel_purge_access(regclass);
DROP FUNCTION motel_is_purging();
