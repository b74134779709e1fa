-- A second factor of a member: when it came into force, and whether a business lets nobody work without one.
ALTER TABLE tenancy.staff ADD COLUMN second_factor_at timestamptz;
ALTER TABLE tenancy.tenants ADD COLUMN second_factor_required boolean NOT NULL DEFAULT false;
GRANT UPDATE (second_factor_required) ON tenancy.tenants TO motel_app;

-- The key that an authenticator shares with us. It counts once a code of it was shown.
CREATE TABLE tenancy.second_factors (
    tenant_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    -- Sealed for this member: a row copied to another one opens nothing.
    sealed bytea NOT NULL CHECK (octet_length(sealed) <= 1024),
    -- Which master key it is under, as it says of itself.
    key_id bytea NOT NULL GENERATED ALWAYS AS (substring(sealed FROM 2 FOR 8)) STORED,
    -- The session in which it is set up: no other sees the key.
    begun_in uuid NOT NULL,
    begun_at timestamptz NOT NULL,
    confirmed_at timestamptz CHECK (confirmed_at >= begun_at),
    -- The last step of time of which a code was used; none of it or before it is good any more.
    last_step bigint CHECK (last_step >= 0),
    PRIMARY KEY (tenant_id, staff_id),
    CHECK (confirmed_at IS NULL OR last_step IS NOT NULL),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES tenancy.staff (tenant_id, id)
);

CREATE INDEX second_factors_by_master_key ON tenancy.second_factors (key_id);

-- Codes for who has lost their authenticator. A code is 80 random bits, so a plain digest of it cannot be turned back.
CREATE TABLE tenancy.recovery_codes (
    tenant_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    made_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (tenant_id, staff_id, digest),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES tenancy.second_factors (tenant_id, staff_id)
);

-- Sign-ins that wait for a code: worth nothing but for showing it.
CREATE TABLE tenancy.challenges (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    -- Of a token of 256 random bits.
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    -- Of the hash of the password that was shown: another password ends the challenge.
    password_digest bytea NOT NULL CHECK (octet_length(password_digest) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    answered_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, digest),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES tenancy.staff (tenant_id, id)
);
CREATE INDEX challenges_of_member ON tenancy.challenges (tenant_id, staff_id);
CREATE INDEX challenges_by_end ON tenancy.challenges (expires_at);

-- Devices on which a member need not show the second factor for a while.
CREATE TABLE tenancy.remembered_devices (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    user_agent text NOT NULL CHECK (char_length(user_agent) <= 300),
    address text CHECK (address IS NULL OR char_length(address) <= 45 AND address::inet IS NOT NULL),
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, digest),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES tenancy.staff (tenant_id, id)
);
CREATE INDEX remembered_devices_of_member ON tenancy.remembered_devices (tenant_id, staff_id) WHERE ended_at IS NULL;
CREATE INDEX remembered_devices_by_end ON tenancy.remembered_devices (expires_at);

SELECT motel_tenant_table('tenancy.second_factors',
    'SELECT, INSERT, DELETE, UPDATE (sealed, begun_in, begun_at, confirmed_at, last_step)');
SELECT motel_tenant_table('tenancy.recovery_codes', 'SELECT, INSERT, DELETE, UPDATE (used_at)');
SELECT motel_tenant_table('tenancy.challenges', 'SELECT, INSERT, DELETE, UPDATE (answered_at)');
SELECT motel_tenant_table('tenancy.remembered_devices', 'SELECT, INSERT, DELETE, UPDATE (last_used_at, ended_at)');
-- Which of them a new master key has still to take over; not what is in them.
SELECT motel_platform_access('tenancy.second_factors', 'SELECT (tenant_id, staff_id, key_id)');
-- The sweep of those that are over.
SELECT motel_platform_access('tenancy.challenges', 'SELECT, DELETE');
SELECT motel_platform_access('tenancy.remembered_devices', 'SELECT, DELETE');
