DROP TABLE tenancy.flag_overrides;
DROP TABLE tenancy.flags;
