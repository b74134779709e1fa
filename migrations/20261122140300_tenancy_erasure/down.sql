REVOKE UPDATE (email) ON tenancy.invitations FROM motel_app;
REVOKE DELETE ON tenancy.sessions, tenancy.one_use_links FROM motel_app;
ALTER TABLE tenancy.staff DROP COLUMN erased_at;
