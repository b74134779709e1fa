-- What guests pay beforehand. The policy is the property's; what a guest agreed to is written when the folio is opened, and
-- stays as it is when the policy changes.
CREATE TABLE billing.deposit_policies (
    tenant_id uuid NOT NULL,
    property_id uuid NOT NULL,
    -- 'none': everything is due at once.
    deposit text NOT NULL CHECK (deposit IN ('none', 'share', 'first_night')),
    share_bp integer CHECK (share_bp BETWEEN 0 AND 10000),
    rest_due_days smallint NOT NULL CHECK (rest_due_days BETWEEN 0 AND 365),
    PRIMARY KEY (tenant_id, property_id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    CHECK ((deposit = 'share') = (share_bp IS NOT NULL))
);
SELECT motel_tenant_table('billing.deposit_policies', 'SELECT, INSERT, UPDATE');

CREATE TABLE billing.payment_terms (
    tenant_id uuid NOT NULL,
    folio_id uuid NOT NULL,
    deposit_minor bigint NOT NULL CHECK (deposit_minor >= 0),
    currency text NOT NULL,
    rest_due_at timestamptz NOT NULL,
    -- When it is looked again whether something is due that nobody paid; NULL when no more. By the property's clock.
    remind_at timestamptz,
    PRIMARY KEY (tenant_id, folio_id),
    FOREIGN KEY (tenant_id, folio_id, currency) REFERENCES billing.folios (tenant_id, id, currency)
);
CREATE INDEX payment_terms_to_remind ON billing.payment_terms (remind_at) WHERE remind_at IS NOT NULL;
SELECT motel_tenant_table('billing.payment_terms', 'SELECT, INSERT');
GRANT UPDATE (remind_at) ON billing.payment_terms TO motel_app;
-- Those to look at are looked for whosever they are.
SELECT motel_platform_access('billing.payment_terms', 'SELECT');
