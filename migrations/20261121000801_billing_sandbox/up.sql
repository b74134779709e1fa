-- The sandbox plays a company of its own: these are its books, and no other table refers to them.
CREATE TABLE billing.sandbox_checkouts (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL UNIQUE,
    -- The payment link, as the sandbox was told it.
    link_id uuid NOT NULL,
    idempotency_key text NOT NULL CHECK (char_length(idempotency_key) BETWEEN 1 AND 255),
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    description text NOT NULL CHECK (char_length(description) <= 300),
    customer_email text NOT NULL CHECK (char_length(customer_email) <= 254),
    success_url text NOT NULL CHECK (char_length(success_url) <= 2000),
    cancel_url text NOT NULL CHECK (char_length(cancel_url) <= 2000),
    paid boolean NOT NULL DEFAULT false,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, idempotency_key)
);
SELECT motel_tenant_table('billing.sandbox_checkouts', 'SELECT, INSERT, UPDATE');
-- Its page is opened by the checkout's id alone.
SELECT motel_platform_access('billing.sandbox_checkouts', 'SELECT');

-- What the sandbox has to tell us, and when it got through.
CREATE TABLE billing.sandbox_notices (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    checkout_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('paid', 'declined')),
    delivered_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, checkout_id) REFERENCES billing.sandbox_checkouts (tenant_id, id)
);
-- A checkout takes money once.
CREATE UNIQUE INDEX sandbox_notices_one_payment ON billing.sandbox_notices (tenant_id, checkout_id) WHERE kind = 'paid';
SELECT motel_tenant_table('billing.sandbox_notices', 'SELECT, INSERT, UPDATE');
