-- Which share of the businesses has something switched on: the operator's own. A flag without a row is as the program says.
CREATE TABLE tenancy.flags (
    flag text PRIMARY KEY CHECK (flag ~ '^[a-z][a-z_]{0,39}$'),
    percent smallint NOT NULL CHECK (percent BETWEEN 0 AND 100),
    changed_at timestamptz NOT NULL
);
ALTER TABLE tenancy.flags ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.flags FORCE ROW LEVEL SECURITY;
SELECT motel_platform_access('tenancy.flags', 'SELECT, INSERT, UPDATE');

-- Businesses for which it is said apart from all others.
CREATE TABLE tenancy.flag_overrides (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    flag text NOT NULL CHECK (flag ~ '^[a-z][a-z_]{0,39}$'),
    enabled boolean NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, flag)
);
SELECT motel_tenant_table('tenancy.flag_overrides', 'SELECT');
SELECT motel_platform_access('tenancy.flag_overrides', 'SELECT, INSERT, UPDATE, DELETE');

-- Both tell when they change, so that they can stay in memory until then.
SELECT motel_tell_changes('tenancy.flags', 'tenants');
SELECT motel_tell_changes('tenancy.flag_overrides', 'tenants');
