DROP TRIGGER check_slug_is_new ON tenancy.tenants;
DROP FUNCTION tenancy.check_slug_is_new();
DROP TABLE tenancy.former_slugs;
DROP TRIGGER check_deleted_first ON tenancy.tenants;
DROP FUNCTION tenancy.check_deleted_first();
ALTER TABLE tenancy.tenants DROP COLUMN state_reason, DROP COLUMN state_since, DROP COLUMN state;
