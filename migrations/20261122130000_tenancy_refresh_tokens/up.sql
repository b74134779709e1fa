-- What a program of a member shows to be given the next access token. Each is good once; which session it belongs to says whose it is
-- and whether it is over. It carries 256 random bits, so a plain digest of it cannot be turned back.
CREATE TABLE tenancy.refresh_tokens (
    tenant_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    session_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- When it was exchanged for the next one, by the clock that goes on within a transaction: who asked before that asked at once.
    spent_at timestamptz CHECK (spent_at >= created_at),
    -- When somebody came with it again: from then on the session is over.
    replayed_at timestamptz CHECK (replayed_at >= spent_at),
    PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY (tenant_id, session_id) REFERENCES tenancy.sessions (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX refresh_tokens_of_session ON tenancy.refresh_tokens (tenant_id, session_id);

SELECT motel_tenant_table('tenancy.refresh_tokens', 'SELECT, INSERT, UPDATE (spent_at, replayed_at)');
