-- Rows of what is set aside stand in the way: a database that has some is not taken back.
ALTER TABLE billing.sandbox_notices
    DROP CONSTRAINT sandbox_notices_kind_check,
    ADD CONSTRAINT sandbox_notices_kind_check CHECK (kind IN
        ('paid', 'declined', 'refunded', 'refund_failed', 'disputed', 'dispute_won', 'dispute_lost'));
ALTER TABLE billing.sandbox_checkouts
    DROP CONSTRAINT sandbox_checkouts_taken_or_released,
    DROP CONSTRAINT sandbox_checkouts_set_aside,
    DROP COLUMN released,
    DROP COLUMN authorised_until,
    DROP COLUMN authorised_minor,
    DROP COLUMN authorises;
ALTER TABLE billing.gateway_events
    DROP CONSTRAINT gateway_events_kind_check,
    ADD CONSTRAINT gateway_events_kind_check CHECK (kind IN
        ('approved', 'paid', 'declined', 'failed', 'expired', 'refund_processing', 'refunded', 'refund_failed', 'disputed',
         'dispute_won', 'dispute_lost'));
DROP TABLE billing.authorisations;
DROP INDEX billing.payment_intents_set_aside;
ALTER TABLE billing.payment_intents
    DROP CONSTRAINT payment_intents_state_check,
    ADD CONSTRAINT payment_intents_state_check CHECK (state IN
        ('created', 'requires_action', 'processing', 'succeeded', 'failed', 'cancelled', 'refunded', 'disputed'));
DROP INDEX billing.payment_links_one_open;
CREATE UNIQUE INDEX payment_links_one_open ON billing.payment_links (tenant_id, folio_id) WHERE status = 'open';
ALTER TABLE billing.payment_links DROP COLUMN purpose;
