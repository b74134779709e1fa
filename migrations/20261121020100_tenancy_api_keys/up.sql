-- Keys by which programs act for a tenant. A key is 32 random bytes, so a plain digest of it cannot be turned back.
CREATE TABLE tenancy.api_keys (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    -- How the key begins, for people to tell keys apart.
    hint text NOT NULL CHECK (char_length(hint) BETWEEN 1 AND 20),
    digest bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
    created_by text NOT NULL CHECK (char_length(created_by) BETWEEN 1 AND 60),
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz CHECK (revoked_at >= created_at),
    PRIMARY KEY (tenant_id, id)
);

SELECT motel_tenant_table('tenancy.api_keys', 'SELECT, INSERT, UPDATE (revoked_at)');
-- Whose key it is has to be found before the tenant is known.
SELECT motel_platform_access('tenancy.api_keys', 'SELECT');
