-- Money that is set aside on a card and not taken yet. An authorisation is a link like any other, that asks for nothing that
-- is owed: beside it another one may be open.
ALTER TABLE billing.payment_links
    ADD COLUMN purpose text NOT NULL DEFAULT 'take' CHECK (purpose IN ('take', 'set_aside'));
DROP INDEX billing.payment_links_one_open;
CREATE UNIQUE INDEX payment_links_one_open ON billing.payment_links (tenant_id, folio_id)
    WHERE status = 'open' AND purpose = 'take';

ALTER TABLE billing.payment_intents
    DROP CONSTRAINT payment_intents_state_check,
    ADD CONSTRAINT payment_intents_state_check CHECK (state IN
        ('created', 'requires_action', 'processing', 'authorised', 'capturing', 'voiding', 'succeeded', 'failed', 'cancelled',
         'lapsed', 'refunded', 'disputed'));
-- Asked about when somebody wants something of it, when its gateway tells of a change, and when its time is over.
CREATE INDEX payment_intents_set_aside ON billing.payment_intents (ask_at) WHERE state IN ('authorised', 'capturing', 'voiding');

CREATE TABLE billing.authorisations (
    tenant_id uuid NOT NULL,
    -- Its link, and its intent.
    id uuid NOT NULL,
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 100),
    reason text CHECK (char_length(reason) BETWEEN 1 AND 500),
    asked_at timestamptz NOT NULL,
    -- What the gateway set aside, its name for that, and until when.
    gateway_reference text CHECK (char_length(gateway_reference) BETWEEN 1 AND 255),
    authorised_minor bigint CHECK (authorised_minor > 0),
    authorised_until timestamptz,
    -- What we want of it, written before the gateway is called; the attempt makes the idempotency key.
    wanted text CHECK (wanted IN ('capture', 'void')),
    wanted_minor bigint CHECK (wanted_minor > 0),
    wanted_by text CHECK (char_length(wanted_by) BETWEEN 1 AND 100),
    wanted_because text CHECK (char_length(wanted_because) BETWEEN 1 AND 500),
    wanted_at timestamptz,
    attempt integer NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    -- When staff were told that it is about to lapse.
    warned_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, id) REFERENCES billing.payment_intents (tenant_id, id),
    CHECK ((gateway_reference IS NULL) = (authorised_minor IS NULL)
        AND (gateway_reference IS NULL) = (authorised_until IS NULL)),
    CHECK ((wanted IS NULL) = (wanted_at IS NULL) AND (wanted IS NULL) = (wanted_by IS NULL)),
    CHECK ((wanted IS NOT DISTINCT FROM 'capture') = (wanted_minor IS NOT NULL)),
    -- No more is taken than was set aside.
    CHECK (wanted_minor IS NULL OR (authorised_minor IS NOT NULL AND wanted_minor <= authorised_minor))
);
CREATE INDEX authorisations_by_end ON billing.authorisations (authorised_until) WHERE authorised_until IS NOT NULL;
SELECT motel_tenant_table('billing.authorisations', 'SELECT, INSERT');
GRANT UPDATE (gateway_reference, authorised_minor, authorised_until, wanted, wanted_minor, wanted_by, wanted_because, wanted_at,
    attempt, warned_at) ON billing.authorisations TO motel_app;
-- Those that come to their end are looked for whosever they are.
SELECT motel_platform_access('billing.authorisations', 'SELECT');

ALTER TABLE billing.gateway_events
    DROP CONSTRAINT gateway_events_kind_check,
    ADD CONSTRAINT gateway_events_kind_check CHECK (kind IN
        ('approved', 'authorised', 'released', 'paid', 'declined', 'failed', 'expired', 'refund_processing', 'refunded',
         'refund_failed', 'disputed', 'dispute_won', 'dispute_lost'));

-- The sandbox's books: pages and cards on which money is set aside. When it is taken, the amount becomes what was taken.
ALTER TABLE billing.sandbox_checkouts
    ADD COLUMN authorises boolean NOT NULL DEFAULT false,
    ADD COLUMN authorised_minor bigint CHECK (authorised_minor > 0),
    ADD COLUMN authorised_until timestamptz,
    ADD COLUMN released boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT sandbox_checkouts_set_aside CHECK
        ((authorised_minor IS NULL) = (authorised_until IS NULL) AND (authorises OR authorised_minor IS NULL)),
    ADD CONSTRAINT sandbox_checkouts_taken_or_released CHECK (NOT (released AND paid));
ALTER TABLE billing.sandbox_notices
    DROP CONSTRAINT sandbox_notices_kind_check,
    ADD CONSTRAINT sandbox_notices_kind_check CHECK (kind IN
        ('authorised', 'released', 'paid', 'declined', 'refunded', 'refund_failed', 'disputed', 'dispute_won', 'dispute_lost'));
