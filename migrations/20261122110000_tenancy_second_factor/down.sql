DROP TABLE tenancy.remembered_devices;
DROP TABLE tenancy.challenges;
DROP TABLE tenancy.recovery_codes;
DROP TABLE tenancy.second_factors;
ALTER TABLE tenancy.tenants DROP COLUMN second_factor_required;
ALTER TABLE tenancy.staff DROP COLUMN second_factor_at;
