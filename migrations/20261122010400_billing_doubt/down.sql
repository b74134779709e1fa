ALTER TABLE billing.payment_intents
    DROP COLUMN heard_at,
    DROP COLUMN sent_at;
