-- Assistants that act for a business by one of its keys: how far each may go, where they are at work, and what they booked.
CREATE SCHEMA mcp;
GRANT USAGE ON SCHEMA mcp TO motel_app;

-- A key without a row has no ceilings but its permissions.
CREATE TABLE mcp.ceilings (
    tenant_id          uuid NOT NULL,
    api_key_id         uuid NOT NULL,
    -- The most that a single booking may come to.
    max_total_minor    bigint CHECK (max_total_minor BETWEEN 0 AND 100000000000),
    max_total_currency text CHECK (max_total_currency ~ '^[A-Z]{3}$'),
    bookings_a_day     integer CHECK (bookings_a_day BETWEEN 0 AND 10000),
    -- Looks up, cancels and sends links for what was booked by this key alone.
    own_only           boolean NOT NULL,
    -- Tries out what it would do, and does nothing.
    dry_run_only       boolean NOT NULL,
    version            integer NOT NULL CHECK (version > 0),
    set_by             text NOT NULL CHECK (char_length(set_by) BETWEEN 1 AND 100),
    set_at             timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, api_key_id),
    FOREIGN KEY (tenant_id, api_key_id) REFERENCES tenancy.api_keys (tenant_id, id),
    CHECK ((max_total_minor IS NULL) = (max_total_currency IS NULL))
);
SELECT motel_tenant_table('mcp.ceilings', 'SELECT, INSERT, UPDATE');

-- An assistant between its coming and its going.
CREATE TABLE mcp.visits (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    api_key_id uuid NOT NULL,
    used_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, api_key_id) REFERENCES tenancy.api_keys (tenant_id, id)
);
CREATE INDEX visits_of_key ON mcp.visits (tenant_id, api_key_id, used_at);
SELECT motel_tenant_table('mcp.visits');

-- Where the calls of a visit are told: apart for each guest, so that what is given out to one guest, or erased, is theirs alone. Whom calls
-- are about is a digest of the e-mail address; of nobody in particular, that of nothing.
CREATE TABLE mcp.threads (
    tenant_id       uuid NOT NULL,
    visit_id        uuid NOT NULL,
    about           bytea NOT NULL CHECK (octet_length(about) = 32),
    conversation_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, visit_id, about),
    FOREIGN KEY (tenant_id, visit_id) REFERENCES mcp.visits (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations.conversations (tenant_id, id)
);
SELECT motel_tenant_table('mcp.threads', 'SELECT, INSERT');

-- What was booked by which key. The code is that of the booking or the appointment.
CREATE TABLE mcp.made (
    tenant_id  uuid NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('stay', 'appointment')),
    code       text NOT NULL CHECK (char_length(code) BETWEEN 1 AND 20),
    api_key_id uuid NOT NULL,
    made_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, kind, code),
    FOREIGN KEY (tenant_id, api_key_id) REFERENCES tenancy.api_keys (tenant_id, id)
);
CREATE INDEX made_by_key ON mcp.made (tenant_id, api_key_id, made_at);
SELECT motel_tenant_table('mcp.made', 'SELECT, INSERT');
