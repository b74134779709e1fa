DROP TABLE tenancy.refresh_tokens;
