-- A key with ceilings is for an assistant, where they are looked at, and opens nothing else.
ALTER TABLE tenancy.api_keys ADD COLUMN assistant_only boolean NOT NULL DEFAULT false;
GRANT UPDATE (assistant_only) ON tenancy.api_keys TO motel_app;
