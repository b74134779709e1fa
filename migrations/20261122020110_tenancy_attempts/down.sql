DROP TABLE tenancy.attempts;
