-- A trade that sells its time.
ALTER TABLE tenancy.tenants DROP CONSTRAINT tenants_kind_check;
ALTER TABLE tenancy.tenants ADD CONSTRAINT tenants_kind_check CHECK (kind IN ('motel', 'private_dining', 'consulting'));
