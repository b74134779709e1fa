-- What we know of money a gateway was asked to take, beside what we want of it (the link): a page that we withdrew may
-- still be paid. Written with its link, before the gateway is called; the link's id makes the gateway's idempotency key.
ALTER TABLE billing.payment_links NO FORCE ROW LEVEL SECURITY;

CREATE TABLE billing.payment_intents (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    state text NOT NULL CHECK (state IN
        ('created', 'requires_action', 'processing', 'succeeded', 'failed', 'cancelled', 'disputed')),
    -- When the gateway is asked next, as long as nobody told us an end. By the clock of the database: a property's own
    -- clock may run ahead.
    ask_at timestamptz NOT NULL DEFAULT now() + interval '1 minute',
    asked integer NOT NULL DEFAULT 0 CHECK (asked >= 0),
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, id) REFERENCES billing.payment_links (tenant_id, id)
);
CREATE INDEX payment_intents_in_doubt ON billing.payment_intents (ask_at)
    WHERE state IN ('created', 'requires_action', 'processing');
SELECT motel_tenant_table('billing.payment_intents', 'SELECT, INSERT, UPDATE');
-- Those in doubt are looked for whosever they are.
SELECT motel_platform_access('billing.payment_intents', 'SELECT');

-- A link that we withdrew may have a page that is still open: the gateway says so when it is asked.
INSERT INTO billing.payment_intents (tenant_id, id, state)
SELECT tenant_id, id, CASE
    WHEN status = 'paid' THEN 'succeeded'
    WHEN status = 'failed' THEN 'failed'
    WHEN status = 'expired' THEN 'cancelled'
    WHEN url IS NOT NULL THEN 'requires_action'
    WHEN status = 'cancelled' THEN 'cancelled'
    ELSE 'created'
END
FROM billing.payment_links;

ALTER TABLE billing.payment_links FORCE ROW LEVEL SECURITY;

ALTER TABLE billing.gateway_events
    DROP CONSTRAINT gateway_events_kind_check,
    ADD CONSTRAINT gateway_events_kind_check CHECK (kind IN ('paid', 'declined', 'failed', 'expired', 'disputed'));

-- The sandbox's books: since when it has the money (a slow card: from when on), and whether the card's owner wants it back.
ALTER TABLE billing.sandbox_checkouts ADD COLUMN paid_from timestamptz;
ALTER TABLE billing.sandbox_notices
    DROP CONSTRAINT sandbox_notices_kind_check,
    ADD CONSTRAINT sandbox_notices_kind_check CHECK (kind IN ('paid', 'declined', 'disputed'));
