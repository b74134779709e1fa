DROP TABLE tenancy.api_keys;
