ALTER TABLE billing.sandbox_checkouts
    DROP CONSTRAINT sandbox_checkouts_refused_or_paid,
    DROP COLUMN refusal,
    DROP COLUMN charged_card,
    DROP COLUMN keeps_card;
ALTER TABLE billing.payment_intents DROP COLUMN failure;
ALTER TABLE billing.payment_links
    DROP CONSTRAINT payment_links_page_or_card,
    DROP COLUMN reason,
    DROP COLUMN actor,
    DROP COLUMN card_id,
    DROP COLUMN consent;
DROP TABLE billing.payment_methods;
