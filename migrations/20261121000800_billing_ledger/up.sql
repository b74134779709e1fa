CREATE SCHEMA billing;
GRANT USAGE ON SCHEMA billing TO motel_app;

-- A booking's account. Whoever writes to a folio raises its version first, and so waits for whoever else does.
CREATE TABLE billing.folios (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    booking_id uuid NOT NULL,
    currency text NOT NULL CHECK (char_length(currency) = 3),
    version integer NOT NULL DEFAULT 1,
    opened_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, booking_id),
    UNIQUE (tenant_id, id, currency),
    FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings.bookings (tenant_id, id)
);
SELECT motel_tenant_table('billing.folios', 'SELECT, INSERT');
GRANT UPDATE (version) ON billing.folios TO motel_app;

-- One line of a folio: what the guest owes is positive, what came in is negative, the balance is the sum. Never
-- changed and never removed; a mistake is taken back by a line of its own.
CREATE TABLE billing.postings (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    folio_id uuid NOT NULL,
    kind text NOT NULL,
    description text NOT NULL CHECK (char_length(description) BETWEEN 1 AND 200),
    service_date date,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    reverses_id uuid,
    -- What this line is posted for, so that it is posted once: room:2026-12-04, payment:cs_123.
    source text NOT NULL CHECK (char_length(source) BETWEEN 1 AND 300),
    posted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, folio_id, source),
    UNIQUE (tenant_id, reverses_id),
    FOREIGN KEY (tenant_id, folio_id, currency) REFERENCES billing.folios (tenant_id, id, currency),
    FOREIGN KEY (tenant_id, reverses_id) REFERENCES billing.postings (tenant_id, id),
    CHECK ((kind = 'reversal') = (reverses_id IS NOT NULL)),
    CHECK (CASE kind
        WHEN 'charge' THEN amount_minor >= 0
        WHEN 'tax' THEN amount_minor >= 0
        WHEN 'fee' THEN amount_minor >= 0
        WHEN 'payment' THEN amount_minor < 0
        WHEN 'refund' THEN amount_minor > 0
        ELSE kind IN ('adjustment', 'reversal')
    END)
);
SELECT motel_tenant_table('billing.postings', 'SELECT, INSERT');

CREATE FUNCTION billing.check_reversal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM billing.postings original
        WHERE original.tenant_id = NEW.tenant_id AND original.id = NEW.reverses_id
          AND original.folio_id = NEW.folio_id AND original.kind <> 'reversal'
          AND original.amount_minor = -NEW.amount_minor
    ) THEN
        RAISE EXCEPTION 'a reversal takes back exactly one line of the same folio, and not a reversal'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_reversal_is_exact';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER check_reversal BEFORE INSERT ON billing.postings
    FOR EACH ROW WHEN (NEW.kind = 'reversal') EXECUTE FUNCTION billing.check_reversal();

-- A request to pay. It is written before the gateway is asked, and its id makes the gateway's idempotency key.
CREATE TABLE billing.payment_links (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL UNIQUE,
    folio_id uuid NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL,
    status text NOT NULL CHECK (status IN ('open', 'paid', 'failed', 'expired', 'cancelled')),
    gateway text NOT NULL CHECK (gateway IN ('sandbox', 'stripe')),
    gateway_reference text CHECK (char_length(gateway_reference) BETWEEN 1 AND 255),
    url text CHECK (char_length(url) BETWEEN 1 AND 2000),
    expires_at timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, folio_id, currency) REFERENCES billing.folios (tenant_id, id, currency),
    CHECK ((url IS NULL) = (gateway_reference IS NULL) AND (url IS NULL) = (expires_at IS NULL))
);
-- Two open links would let a guest pay twice.
CREATE UNIQUE INDEX payment_links_one_open ON billing.payment_links (tenant_id, folio_id) WHERE status = 'open';
CREATE INDEX payment_links_by_folio ON billing.payment_links (tenant_id, folio_id);
SELECT motel_tenant_table('billing.payment_links', 'SELECT, INSERT, UPDATE');
-- A gateway names our link and not the tenant.
SELECT motel_platform_access('billing.payment_links', 'SELECT');

-- What gateways told us, as they told it. The key makes an event count once however often it is delivered.
CREATE TABLE billing.gateway_events (
    tenant_id uuid NOT NULL,
    gateway text NOT NULL CHECK (gateway IN ('sandbox', 'stripe')),
    event_id text NOT NULL CHECK (char_length(event_id) BETWEEN 1 AND 255),
    link_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('paid', 'declined', 'failed', 'expired')),
    outcome text NOT NULL CHECK (outcome IN ('posted', 'posted_before', 'other_amount', 'closed', 'noted', 'refused')),
    body bytea NOT NULL CHECK (octet_length(body) <= 262144),
    received_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, gateway, event_id),
    FOREIGN KEY (tenant_id, link_id) REFERENCES billing.payment_links (tenant_id, id)
);
CREATE INDEX gateway_events_by_link ON billing.gateway_events (tenant_id, link_id);
SELECT motel_tenant_table('billing.gateway_events', 'SELECT, INSERT');

-- Genuine events about links we do not have, so of no tenant: kept for whoever looks into it.
CREATE TABLE billing.stray_events (
    gateway text NOT NULL CHECK (gateway IN ('sandbox', 'stripe')),
    event_id text NOT NULL CHECK (char_length(event_id) BETWEEN 1 AND 255),
    body bytea NOT NULL CHECK (octet_length(body) <= 262144),
    received_at timestamptz NOT NULL,
    PRIMARY KEY (gateway, event_id)
);
ALTER TABLE billing.stray_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE billing.stray_events FORCE ROW LEVEL SECURITY;
SELECT motel_platform_access('billing.stray_events', 'SELECT, INSERT');
