ALTER TABLE billing.sandbox_notices
    DROP CONSTRAINT sandbox_notices_refund,
    DROP COLUMN refund_id,
    DROP CONSTRAINT sandbox_notices_kind_check,
    ADD CONSTRAINT sandbox_notices_kind_check CHECK (kind IN ('paid', 'declined', 'disputed'));
DROP TABLE billing.sandbox_refunds;
ALTER TABLE billing.sandbox_checkouts DROP COLUMN card;
ALTER TABLE billing.gateway_events
    DROP CONSTRAINT gateway_events_kind_check,
    ADD CONSTRAINT gateway_events_kind_check CHECK (kind IN ('paid', 'declined', 'failed', 'expired', 'disputed')),
    DROP CONSTRAINT gateway_events_gateway_check,
    ADD CONSTRAINT gateway_events_gateway_check CHECK (gateway IN ('sandbox', 'stripe'));
ALTER TABLE billing.stray_events
    DROP CONSTRAINT stray_events_gateway_check,
    ADD CONSTRAINT stray_events_gateway_check CHECK (gateway IN ('sandbox', 'stripe'));
ALTER TABLE billing.payment_links
    DROP CONSTRAINT payment_links_gateway_check,
    ADD CONSTRAINT payment_links_gateway_check CHECK (gateway IN ('sandbox', 'stripe'));
ALTER TABLE billing.postings
    DROP CONSTRAINT postings_amount_suits_kind,
    ADD CONSTRAINT postings_amount_suits_kind CHECK (CASE kind
        WHEN 'charge' THEN amount_minor >= 0
        WHEN 'tax' THEN amount_minor >= 0
        WHEN 'fee' THEN amount_minor >= 0
        WHEN 'payment' THEN amount_minor < 0
        WHEN 'refund' THEN amount_minor > 0
        WHEN 'transfer' THEN amount_minor <> 0
        ELSE kind IN ('adjustment', 'reversal')
    END);
ALTER TABLE billing.entry_lines
    DROP CONSTRAINT entry_lines_check1,
    ADD CONSTRAINT entry_lines_check1 CHECK ((account IN ('revenue', 'taxes', 'payments')) = (detail <> '')),
    DROP CONSTRAINT entry_lines_account_check,
    ADD CONSTRAINT entry_lines_account_check CHECK (account IN
        ('guest_ledger', 'city_ledger', 'deposits_held', 'revenue', 'taxes', 'payments', 'adjustments'));
DROP TABLE billing.disputes;
DROP TABLE billing.refunds;
DROP FUNCTION billing.check_refund_is_paid();
DROP FUNCTION billing.check_refund_goes_on();
ALTER TABLE billing.payment_intents NO FORCE ROW LEVEL SECURITY;
UPDATE billing.payment_intents SET state = 'succeeded' WHERE state = 'refunded';
ALTER TABLE billing.payment_intents FORCE ROW LEVEL SECURITY;
ALTER TABLE billing.payment_intents
    DROP CONSTRAINT payment_intents_state_check,
    ADD CONSTRAINT payment_intents_state_check CHECK (state IN
        ('created', 'requires_action', 'processing', 'succeeded', 'failed', 'cancelled', 'disputed')),
    DROP CONSTRAINT payment_intents_paid_by_a_page,
    DROP COLUMN paid_reference,
    DROP COLUMN paid_minor;
