ALTER TABLE tenancy.properties DROP COLUMN clock_offset_seconds;
ALTER TABLE tenancy.tenants DROP COLUMN sandbox;
