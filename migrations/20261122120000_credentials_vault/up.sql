-- What businesses were given by their providers to prove who they are, under a master key that is not in the database.
CREATE SCHEMA credentials;
GRANT USAGE ON SCHEMA credentials TO motel_app;

CREATE TABLE credentials.credentials (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    provider text NOT NULL CHECK (provider IN ('twilio')),
    sealed bytea NOT NULL CHECK (octet_length(sealed) BETWEEN 121 AND 66000),
    -- Which master key it is under, as it says of itself.
    key_id bytea NOT NULL GENERATED ALWAYS AS (substring(sealed FROM 2 FOR 8)) STORED,
    -- How the secret ends, for people to tell one from another.
    last_four text NOT NULL CHECK (char_length(last_four) = 4),
    set_by text NOT NULL CHECK (char_length(set_by) BETWEEN 1 AND 100),
    set_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, provider)
);
CREATE INDEX credentials_by_master_key ON credentials.credentials (key_id);

SELECT motel_tenant_table('credentials.credentials');
-- Which of them a new master key has still to take over; not what is in them.
SELECT motel_platform_access('credentials.credentials', 'SELECT (tenant_id, provider, key_id)');
