DROP TABLE tenancy.sessions;
ALTER TABLE tenancy.api_keys DROP COLUMN expires_at, DROP COLUMN permissions;
ALTER TABLE tenancy.staff DROP COLUMN role;
