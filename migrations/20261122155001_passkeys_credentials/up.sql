-- Passkeys of members of the staff, and the ceremonies by which they are added and shown.
CREATE SCHEMA passkeys;
GRANT USAGE ON SCHEMA passkeys TO motel_app;

CREATE TABLE passkeys.credentials (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    -- What the authenticator calls it: of nobody else in the whole installation.
    credential_id bytea NOT NULL CHECK (octet_length(credential_id) BETWEEN 16 AND 1023),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    -- The public key with what is known of it, as the library keeps it. The two columns that are read out of it hold its form: a release that
    -- writes another one needs a migration, and is refused by the first row.
    key jsonb NOT NULL CHECK (octet_length(key::text) <= 8192),
    -- How often it was used, as it says; zero for ever where it does not count.
    counter bigint NOT NULL GENERATED ALWAYS AS ((key #>> '{cred,counter}')::bigint) STORED CHECK (counter >= 0),
    -- Whether a copy of it lies with whoever keeps the member's passwords.
    backed_up boolean NOT NULL GENERATED ALWAYS AS ((key #>> '{cred,backup_state}')::boolean) STORED,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    -- When its counter last went back: somebody may have a copy of it.
    doubted_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES tenancy.passkey_holders (tenant_id, staff_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX credentials_by_credential ON passkeys.credentials (credential_id);
CREATE INDEX credentials_of_member ON passkeys.credentials (tenant_id, staff_id);

-- What a member was asked to show, until they do: once, within five minutes, and in the session or sign-in they were asked in.
CREATE TABLE passkeys.ceremonies (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('add', 'second_factor', 'prove')),
    -- The session, or the sign-in that waits.
    asked_in uuid NOT NULL,
    state jsonb NOT NULL CHECK (octet_length(state::text) <= 65536),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES tenancy.staff (tenant_id, id)
);
CREATE INDEX ceremonies_of_member ON passkeys.ceremonies (tenant_id, staff_id);
CREATE INDEX ceremonies_by_end ON passkeys.ceremonies (expires_at);

-- The same for who has yet to say who they are: of no tenant.
CREATE TABLE passkeys.arrivals (
    id uuid PRIMARY KEY,
    state jsonb NOT NULL CHECK (octet_length(state::text) <= 8192),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at)
);
CREATE INDEX arrivals_by_end ON passkeys.arrivals (expires_at);

SELECT motel_tenant_table('passkeys.credentials', 'SELECT, INSERT, DELETE, UPDATE (name, key, last_used_at, doubted_at)');
SELECT motel_tenant_table('passkeys.ceremonies', 'SELECT, INSERT, DELETE');
-- Whose a passkey is that a stranger shows; not what is known of it.
SELECT motel_platform_access('passkeys.credentials', 'SELECT (tenant_id, staff_id, credential_id)');
-- The sweep of those that are over.
SELECT motel_platform_access('passkeys.ceremonies', 'SELECT, DELETE');
ALTER TABLE passkeys.arrivals ENABLE ROW LEVEL SECURITY;
ALTER TABLE passkeys.arrivals FORCE ROW LEVEL SECURITY;
SELECT motel_platform_access('passkeys.arrivals', 'SELECT, INSERT, DELETE');
