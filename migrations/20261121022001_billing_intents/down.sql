ALTER TABLE billing.sandbox_notices
    DROP CONSTRAINT sandbox_notices_kind_check,
    ADD CONSTRAINT sandbox_notices_kind_check CHECK (kind IN ('paid', 'declined'));
ALTER TABLE billing.sandbox_checkouts DROP COLUMN paid_from;
ALTER TABLE billing.gateway_events
    DROP CONSTRAINT gateway_events_kind_check,
    ADD CONSTRAINT gateway_events_kind_check CHECK (kind IN ('paid', 'declined', 'failed', 'expired'));
DROP TABLE billing.payment_intents;
