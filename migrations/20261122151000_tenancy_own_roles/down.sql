REVOKE UPDATE (role) ON tenancy.invitations FROM motel_app;
-- Whoever has a role that is going has the one that permits least.
UPDATE tenancy.invitations SET role = 'housekeeping', role_id = NULL WHERE role_id IS NOT NULL;
UPDATE tenancy.staff SET role = 'housekeeping', role_id = NULL WHERE role_id IS NOT NULL;
ALTER TABLE tenancy.invitations DROP COLUMN role_id, ALTER COLUMN role SET NOT NULL;
ALTER TABLE tenancy.staff DROP COLUMN role_id, ALTER COLUMN role SET NOT NULL;
DROP TABLE tenancy.roles;
