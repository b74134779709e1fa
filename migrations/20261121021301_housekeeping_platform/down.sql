DROP INDEX housekeeping.tasks_open;
DROP POLICY platform_access ON housekeeping.tasks;
REVOKE SELECT (tenant_id, property_id, status) ON housekeeping.tasks FROM motel_platform;
