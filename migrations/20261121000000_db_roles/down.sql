-- The roles stay: other databases of the cluster may use them.
DROP FUNCTION motel_platform_access(regclass, text);
DROP FUNCTION motel_tenant_table(regclass, text);
DROP FUNCTION motel_current_tenant();
