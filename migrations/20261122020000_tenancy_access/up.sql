-- Who may do what: the role of a member of the team, what a key is for and how long it works, and who is signed in where.
ALTER TABLE tenancy.staff ADD COLUMN role text NOT NULL DEFAULT 'owner'
    CHECK (role IN ('owner', 'manager', 'front_desk', 'housekeeping'));
-- Whoever was there before may do what they could; whoever comes is given a role.
ALTER TABLE tenancy.staff ALTER COLUMN role DROP DEFAULT;

-- What a key may do; everything where nothing is said.
ALTER TABLE tenancy.api_keys
    ADD COLUMN permissions text[] CHECK (cardinality(permissions) BETWEEN 1 AND 100 AND array_position(permissions, NULL) IS NULL),
    ADD COLUMN expires_at timestamptz CHECK (expires_at > created_at);

-- Who is signed in. The cookie holds a token of 256 random bits, so a plain digest of it cannot be turned back.
CREATE TABLE tenancy.sessions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    user_agent text NOT NULL CHECK (char_length(user_agent) <= 300),
    -- Kept as text, because it is only ever shown.
    address text CHECK (address IS NULL OR char_length(address) <= 45 AND address::inet IS NOT NULL),
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now() CHECK (last_seen_at >= created_at),
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    ended_at timestamptz CHECK (ended_at >= created_at),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, digest),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES tenancy.staff (tenant_id, id)
);
CREATE INDEX sessions_of_member ON tenancy.sessions (tenant_id, staff_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_by_end ON tenancy.sessions (expires_at);

SELECT motel_tenant_table('tenancy.sessions', 'SELECT, INSERT, UPDATE (last_seen_at, ended_at)');
-- The sweep of those that are long over.
SELECT motel_platform_access('tenancy.sessions', 'SELECT, DELETE');
