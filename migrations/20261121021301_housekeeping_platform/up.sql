-- Where there is cleaning left is looked up across the installation, so that quiet places cost nothing.
SELECT motel_platform_access('housekeeping.tasks', 'SELECT (tenant_id, property_id, status)');
CREATE INDEX tasks_open ON housekeeping.tasks (tenant_id, property_id) WHERE status = 'open';
