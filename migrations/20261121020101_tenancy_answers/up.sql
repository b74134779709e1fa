-- What was answered to a write that named itself, so that repeating it answers the same and does nothing. The row is
-- written first and completed in the same transaction: whoever comes second with the same key waits for it.
CREATE TABLE tenancy.answers (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
    -- SHA-256 of who asked what.
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    status smallint CHECK (status BETWEEN 200 AND 299),
    version integer,
    location text CHECK (char_length(location) <= 500),
    body text CHECK (octet_length(body) <= 4194304),
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, key)
);
CREATE INDEX answers_by_age ON tenancy.answers (made_at);

SELECT motel_tenant_table('tenancy.answers', 'SELECT, INSERT, UPDATE (status, version, location, body)');
-- The sweep of old ones.
SELECT motel_platform_access('tenancy.answers', 'SELECT, DELETE');
