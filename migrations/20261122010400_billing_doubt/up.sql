-- When a kept card may last have been charged, and when its gateway last said anything about that: a charge that was withdrawn
-- ends only once nobody can be at it any more, and one of which nothing is heard does not stand in the way for ever.
ALTER TABLE billing.payment_intents
    ADD COLUMN sent_at timestamptz,
    ADD COLUMN heard_at timestamptz;

-- What is in doubt now may have been sent a moment ago.
ALTER TABLE billing.payment_intents NO FORCE ROW LEVEL SECURITY;
UPDATE billing.payment_intents SET sent_at = now()
WHERE asked > 0 AND state IN ('created', 'requires_action', 'processing');
ALTER TABLE billing.payment_intents FORCE ROW LEVEL SECURITY;
