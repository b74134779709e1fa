DROP TRIGGER tell_tenants ON tenancy.api_keys;
DROP TRIGGER tell_tenants ON tenancy.properties;
DROP TRIGGER tell_tenants ON tenancy.tenants;
