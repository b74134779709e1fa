-- What gateways tell us is written down before anything is made of it, so that nothing that was proved genuine is lost when
-- taking it fails. What it led to stands in billing.gateway_events, in the transaction in which it did.
CREATE TABLE billing.payment_events (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    gateway text NOT NULL CHECK (gateway IN ('sandbox', 'stripe', 'paypal')),
    event_id text NOT NULL CHECK (char_length(event_id) BETWEEN 1 AND 255),
    link_id uuid NOT NULL,
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 40),
    -- As we read it; taking it asks nobody again.
    event jsonb NOT NULL,
    body bytea NOT NULL CHECK (octet_length(body) <= 262144),
    received_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'taken', 'failed')),
    outcome text CHECK (char_length(outcome) BETWEEN 1 AND 40),
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    failure text CHECK (char_length(failure) BETWEEN 1 AND 500),
    -- When a chore tries it again, by the clock of the database; NULL when it was taken, or tried often enough.
    try_at timestamptz DEFAULT now() + interval '1 minute',
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    -- However often it is delivered.
    UNIQUE (tenant_id, gateway, event_id),
    FOREIGN KEY (tenant_id, link_id) REFERENCES billing.payment_links (tenant_id, id),
    CHECK ((state = 'taken') = (outcome IS NOT NULL)),
    CHECK (state <> 'failed' OR failure IS NOT NULL)
);
CREATE INDEX payment_events_by_time ON billing.payment_events (tenant_id, received_at, id);
CREATE INDEX payment_events_by_link ON billing.payment_events (tenant_id, link_id);
CREATE INDEX payment_events_to_try ON billing.payment_events (try_at) WHERE state <> 'taken';
SELECT motel_tenant_table('billing.payment_events', 'SELECT, INSERT');
GRANT UPDATE (state, outcome, attempts, failure, try_at, changed_at) ON billing.payment_events TO motel_app;
-- Those to be tried again are looked for whosever they are.
SELECT motel_platform_access('billing.payment_events', 'SELECT');

-- What was taken is not taken back, and not taken again.
CREATE FUNCTION billing.check_taken_stays_taken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a payment event that was taken stays as it is'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_events_taken_stays_taken';
END
$$;
CREATE TRIGGER check_taken_stays_taken BEFORE UPDATE ON billing.payment_events
    FOR EACH ROW WHEN (OLD.state = 'taken') EXECUTE FUNCTION billing.check_taken_stays_taken();

-- Genuine webhooks that we could not read, or not without asking a gateway that did not answer: so of no tenant yet. They
-- go when they were read.
CREATE TABLE billing.unread_webhooks (
    id uuid PRIMARY KEY,
    gateway text NOT NULL CHECK (gateway IN ('sandbox', 'stripe', 'paypal')),
    body bytea NOT NULL CHECK (octet_length(body) <= 262144),
    digest bytea NOT NULL GENERATED ALWAYS AS (sha256(body)) STORED,
    received_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 1 CHECK (attempts >= 0),
    failure text NOT NULL CHECK (char_length(failure) BETWEEN 1 AND 500),
    try_at timestamptz DEFAULT now() + interval '1 minute',
    UNIQUE (gateway, digest)
);
ALTER TABLE billing.unread_webhooks ENABLE ROW LEVEL SECURITY;
ALTER TABLE billing.unread_webhooks FORCE ROW LEVEL SECURITY;
SELECT motel_platform_access('billing.unread_webhooks', 'SELECT, INSERT, UPDATE, DELETE');

-- Webhooks whose signature proved nothing, counted by the hour, so that a flood of them fills no disk.
CREATE TABLE billing.webhook_incidents (
    gateway text NOT NULL CHECK (gateway IN ('sandbox', 'stripe', 'paypal')),
    reason text NOT NULL CHECK (reason IN ('unsigned', 'malformed_signature', 'wrong_signature', 'stale')),
    -- Who called, as the server saw it; 'others' when too many did in one hour.
    address text NOT NULL CHECK (char_length(address) BETWEEN 1 AND 45),
    hour timestamptz NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (gateway, hour, address, reason)
);
ALTER TABLE billing.webhook_incidents ENABLE ROW LEVEL SECURITY;
ALTER TABLE billing.webhook_incidents FORCE ROW LEVEL SECURITY;
SELECT motel_platform_access('billing.webhook_incidents', 'SELECT, INSERT, UPDATE, DELETE');

-- Payment links that staff withdrew.
CREATE TABLE billing.revocations (
    tenant_id uuid NOT NULL,
    link_id uuid NOT NULL,
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 100),
    reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
    revoked_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, link_id),
    FOREIGN KEY (tenant_id, link_id) REFERENCES billing.payment_links (tenant_id, id)
);
SELECT motel_tenant_table('billing.revocations', 'SELECT, INSERT');
