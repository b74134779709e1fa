-- Money that goes back: refunds through the gateway it came by, and payments that a card's owner disputes. And a third
-- gateway, PayPal.
ALTER TABLE billing.payment_links NO FORCE ROW LEVEL SECURITY;
ALTER TABLE billing.postings NO FORCE ROW LEVEL SECURITY;
ALTER TABLE billing.folios NO FORCE ROW LEVEL SECURITY;
ALTER TABLE billing.payment_intents NO FORCE ROW LEVEL SECURITY;

-- What came in through a link, and by which page of its gateway: what can be refunded of it.
ALTER TABLE billing.payment_intents
    ADD COLUMN paid_minor bigint NOT NULL DEFAULT 0 CHECK (paid_minor >= 0),
    ADD COLUMN paid_reference text CHECK (char_length(paid_reference) BETWEEN 1 AND 255),
    ADD CONSTRAINT payment_intents_paid_by_a_page CHECK (paid_minor = 0 OR paid_reference IS NOT NULL),
    DROP CONSTRAINT payment_intents_state_check,
    ADD CONSTRAINT payment_intents_state_check CHECK (state IN
        ('created', 'requires_action', 'processing', 'succeeded', 'failed', 'cancelled', 'refunded', 'disputed'));
UPDATE billing.payment_intents intent
SET paid_minor = -posting.amount_minor, paid_reference = link.gateway_reference
FROM billing.payment_links link
JOIN billing.folios home ON (home.tenant_id, home.id) = (link.tenant_id, link.folio_id)
JOIN billing.folios folio ON (folio.tenant_id, folio.booking_id) = (home.tenant_id, home.booking_id)
JOIN billing.postings posting ON (posting.tenant_id, posting.folio_id) = (folio.tenant_id, folio.id)
WHERE (intent.tenant_id, intent.id) = (link.tenant_id, link.id)
  AND posting.kind = 'payment' AND posting.source = 'payment:' || link.gateway_reference;

-- Money that goes back through its gateway. Written before the gateway is called; its id makes the gateway's idempotency
-- key. One that was made at the gateway itself is written when we are told of it.
CREATE TABLE billing.refunds (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    -- The payment: its link, its intent.
    link_id uuid NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    state text NOT NULL CHECK (state IN ('requested', 'processing', 'succeeded', 'failed')),
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 100),
    reason text CHECK (char_length(reason) BETWEEN 1 AND 500),
    gateway_reference text CHECK (char_length(gateway_reference) BETWEEN 1 AND 255),
    -- Why it failed, in the gateway's words.
    failure text CHECK (char_length(failure) BETWEEN 1 AND 500),
    requested_at timestamptz NOT NULL,
    -- When the gateway is asked, as long as nobody told us an end. By the clock of the database.
    ask_at timestamptz NOT NULL DEFAULT now() + interval '1 minute',
    asked integer NOT NULL DEFAULT 0 CHECK (asked >= 0),
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, link_id, gateway_reference),
    FOREIGN KEY (tenant_id, link_id) REFERENCES billing.payment_intents (tenant_id, id),
    CHECK (state IN ('requested', 'failed') OR gateway_reference IS NOT NULL)
);
CREATE INDEX refunds_by_link ON billing.refunds (tenant_id, link_id);
CREATE INDEX refunds_in_doubt ON billing.refunds (ask_at) WHERE state IN ('requested', 'processing');
SELECT motel_tenant_table('billing.refunds', 'SELECT, INSERT');
GRANT UPDATE (state, gateway_reference, failure, ask_at, asked, changed_at) ON billing.refunds TO motel_app;
-- Those in doubt are looked for whosever they are.
SELECT motel_platform_access('billing.refunds', 'SELECT');

-- We ask for no more back than came in and is not on its way back already, however many ask at once.
CREATE FUNCTION billing.check_refund_is_paid() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paid bigint;
    going bigint;
BEGIN
    SELECT paid_minor INTO paid FROM billing.payment_intents
    WHERE tenant_id = NEW.tenant_id AND id = NEW.link_id FOR UPDATE;
    SELECT coalesce(sum(amount_minor), 0) INTO going FROM billing.refunds
    WHERE tenant_id = NEW.tenant_id AND link_id = NEW.link_id AND state <> 'failed';
    IF going + NEW.amount_minor > paid THEN
        RAISE EXCEPTION 'that is more than is left of this payment'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_within_payment';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER check_refund_is_paid BEFORE INSERT ON billing.refunds
    FOR EACH ROW WHEN (NEW.state = 'requested') EXECUTE FUNCTION billing.check_refund_is_paid();

-- Requested, processing, succeeded, failed: never back. A refund that succeeded may still bounce.
CREATE FUNCTION billing.check_refund_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF array_position(ARRAY['requested', 'processing', 'succeeded', 'failed'], NEW.state)
        < array_position(ARRAY['requested', 'processing', 'succeeded', 'failed'], OLD.state) THEN
        RAISE EXCEPTION 'a refund does not go back from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_go_on';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER check_refund_goes_on BEFORE UPDATE OF state ON billing.refunds
    FOR EACH ROW EXECUTE FUNCTION billing.check_refund_goes_on();

-- Payments that somebody wants back by way of their bank, until it is decided.
CREATE TABLE billing.disputes (
    tenant_id uuid NOT NULL,
    gateway text NOT NULL CHECK (gateway IN ('sandbox', 'stripe', 'paypal')),
    -- The gateway's name for it.
    reference text NOT NULL CHECK (char_length(reference) BETWEEN 1 AND 255),
    link_id uuid NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    state text NOT NULL CHECK (state IN ('open', 'won', 'lost')),
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    PRIMARY KEY (tenant_id, gateway, reference),
    FOREIGN KEY (tenant_id, link_id) REFERENCES billing.payment_intents (tenant_id, id),
    CHECK ((state = 'open') = (closed_at IS NULL))
);
CREATE INDEX disputes_by_link ON billing.disputes (tenant_id, link_id);
SELECT motel_tenant_table('billing.disputes', 'SELECT, INSERT');
GRANT UPDATE (state, closed_at) ON billing.disputes TO motel_app;

-- Disputed money stands in an account of its own until it is decided.
ALTER TABLE billing.entry_lines
    DROP CONSTRAINT entry_lines_account_check,
    ADD CONSTRAINT entry_lines_account_check CHECK (account IN
        ('guest_ledger', 'city_ledger', 'deposits_held', 'revenue', 'taxes', 'payments', 'disputes', 'adjustments')),
    DROP CONSTRAINT entry_lines_check1,
    ADD CONSTRAINT entry_lines_check1 CHECK ((account IN ('revenue', 'taxes', 'payments', 'disputes')) = (detail <> ''));
ALTER TABLE billing.postings
    DROP CONSTRAINT postings_amount_suits_kind,
    ADD CONSTRAINT postings_amount_suits_kind CHECK (CASE kind
        WHEN 'charge' THEN amount_minor >= 0
        WHEN 'tax' THEN amount_minor >= 0
        WHEN 'fee' THEN amount_minor >= 0
        WHEN 'payment' THEN amount_minor < 0
        WHEN 'refund' THEN amount_minor > 0
        WHEN 'transfer' THEN amount_minor <> 0
        WHEN 'dispute' THEN amount_minor <> 0
        ELSE kind IN ('adjustment', 'reversal')
    END);

ALTER TABLE billing.payment_links
    DROP CONSTRAINT payment_links_gateway_check,
    ADD CONSTRAINT payment_links_gateway_check CHECK (gateway IN ('sandbox', 'stripe', 'paypal'));
ALTER TABLE billing.stray_events
    DROP CONSTRAINT stray_events_gateway_check,
    ADD CONSTRAINT stray_events_gateway_check CHECK (gateway IN ('sandbox', 'stripe', 'paypal'));
ALTER TABLE billing.gateway_events
    DROP CONSTRAINT gateway_events_gateway_check,
    ADD CONSTRAINT gateway_events_gateway_check CHECK (gateway IN ('sandbox', 'stripe', 'paypal')),
    DROP CONSTRAINT gateway_events_kind_check,
    ADD CONSTRAINT gateway_events_kind_check CHECK (kind IN
        ('approved', 'paid', 'declined', 'failed', 'expired', 'refund_processing', 'refunded', 'refund_failed',
         'disputed', 'dispute_won', 'dispute_lost'));

-- The sandbox's books: with which test card somebody paid, and what it gave back.
ALTER TABLE billing.sandbox_checkouts ADD COLUMN card text CHECK (char_length(card) BETWEEN 1 AND 40);
CREATE TABLE billing.sandbox_refunds (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    checkout_id uuid NOT NULL,
    -- Our refund, as the sandbox was told it: asking for it twice makes one.
    refund_id uuid NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    bounced boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, refund_id),
    FOREIGN KEY (tenant_id, checkout_id) REFERENCES billing.sandbox_checkouts (tenant_id, id)
);
SELECT motel_tenant_table('billing.sandbox_refunds', 'SELECT, INSERT, UPDATE');
ALTER TABLE billing.sandbox_notices
    ADD COLUMN refund_id uuid,
    ADD FOREIGN KEY (tenant_id, refund_id) REFERENCES billing.sandbox_refunds (tenant_id, refund_id),
    DROP CONSTRAINT sandbox_notices_kind_check,
    ADD CONSTRAINT sandbox_notices_kind_check CHECK (kind IN
        ('paid', 'declined', 'refunded', 'refund_failed', 'disputed', 'dispute_won', 'dispute_lost')),
    ADD CONSTRAINT sandbox_notices_refund CHECK ((kind IN ('refunded', 'refund_failed')) = (refund_id IS NOT NULL));

ALTER TABLE billing.payment_links FORCE ROW LEVEL SECURITY;
ALTER TABLE billing.postings FORCE ROW LEVEL SECURITY;
ALTER TABLE billing.folios FORCE ROW LEVEL SECURITY;
ALTER TABLE billing.payment_intents FORCE ROW LEVEL SECURITY;
