-- Cards that guests left with a gateway for what is left to pay, and what is charged to them. Never a card number: how the
-- gateway names the card, and what the guest knows it by.
CREATE TABLE billing.payment_methods (
    tenant_id uuid NOT NULL,
    -- The payment it was left with: its link.
    id uuid NOT NULL,
    folio_id uuid NOT NULL,
    gateway text NOT NULL CHECK (gateway IN ('sandbox', 'stripe')),
    customer text NOT NULL CHECK (char_length(customer) BETWEEN 1 AND 255),
    method text NOT NULL CHECK (char_length(method) BETWEEN 1 AND 255),
    brand text NOT NULL CHECK (char_length(brand) BETWEEN 1 AND 40),
    last_four text NOT NULL CHECK (last_four ~ '^[0-9]{4}$'),
    expires_year smallint NOT NULL,
    expires_month smallint NOT NULL CHECK (expires_month BETWEEN 1 AND 12),
    -- Which text the guest agreed to, and when.
    consent text NOT NULL CHECK (char_length(consent) BETWEEN 1 AND 40),
    consented_at timestamptz NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT now(),
    removed_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, id) REFERENCES billing.payment_links (tenant_id, id),
    FOREIGN KEY (tenant_id, folio_id) REFERENCES billing.folios (tenant_id, id)
);
-- A folio keeps the card that was left last.
CREATE UNIQUE INDEX payment_methods_one_kept ON billing.payment_methods (tenant_id, folio_id) WHERE removed_at IS NULL;
CREATE INDEX payment_methods_by_folio ON billing.payment_methods (tenant_id, folio_id);
SELECT motel_tenant_table('billing.payment_methods', 'SELECT, INSERT');
GRANT UPDATE (removed_at) ON billing.payment_methods TO motel_app;

-- A link is paid on a page, or charged to a kept card: then it has no page.
ALTER TABLE billing.payment_links
    -- Which text the guest agreed to who wants the card kept that they pay with.
    ADD COLUMN consent text CHECK (char_length(consent) BETWEEN 1 AND 40),
    ADD COLUMN card_id uuid,
    -- Who had the card charged.
    ADD COLUMN actor text CHECK (char_length(actor) BETWEEN 1 AND 100),
    ADD COLUMN reason text CHECK (char_length(reason) BETWEEN 1 AND 500),
    ADD FOREIGN KEY (tenant_id, card_id) REFERENCES billing.payment_methods (tenant_id, id),
    ADD CONSTRAINT payment_links_page_or_card CHECK (card_id IS NULL OR (url IS NULL AND consent IS NULL AND actor IS NOT NULL));
-- Why a kept card was refused, in the gateway's words.
ALTER TABLE billing.payment_intents ADD COLUMN failure text CHECK (char_length(failure) BETWEEN 1 AND 500);

-- The sandbox's books: pages whose card is kept, and what is charged to it later without a page.
ALTER TABLE billing.sandbox_checkouts
    ADD COLUMN keeps_card boolean NOT NULL DEFAULT false,
    -- The page where the card was left that this was charged to.
    ADD COLUMN charged_card uuid,
    ADD COLUMN refusal text CHECK (char_length(refusal) BETWEEN 1 AND 100),
    ADD FOREIGN KEY (tenant_id, charged_card) REFERENCES billing.sandbox_checkouts (tenant_id, id),
    ADD CONSTRAINT sandbox_checkouts_refused_or_paid CHECK (refusal IS NULL OR (charged_card IS NOT NULL AND NOT paid));
