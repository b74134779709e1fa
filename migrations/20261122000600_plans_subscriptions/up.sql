-- What the businesses of the installation owe to its operator. Not to be confused with billing and invoices, which are about what
-- guests owe to a business.
CREATE SCHEMA plans;
GRANT USAGE ON SCHEMA plans TO motel_app;

-- What is on offer; the operator's own. A subscription keeps the terms it was agreed under, so a change here changes no contract.
CREATE TABLE plans.plans (
    code text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9_]{0,39}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    terms jsonb NOT NULL CHECK (jsonb_typeof(terms) = 'object'),
    -- The first one that is offered is where everybody begins.
    position smallint NOT NULL UNIQUE,
    offered boolean NOT NULL DEFAULT true
);
ALTER TABLE plans.plans ENABLE ROW LEVEL SECURITY;
ALTER TABLE plans.plans FORCE ROW LEVEL SECURITY;
SELECT motel_platform_access('plans.plans', 'SELECT');

INSERT INTO plans.plans (code, name, position, terms) VALUES
('standard', 'Standard', 1, '{"price": {"amount_minor": 2999, "currency": "USD"}, "trial_days": 14, "seats": 5, "properties": 1,
  "meters": {"messages": {"included": 2000, "overage_micros": 10000}, "calls": {"included": 200, "overage_micros": 0},
             "minutes": {"included": 300, "overage_micros": 60000}, "sms": {"included": 100, "overage_micros": 20000},
             "tokens": {"included": 1000000, "overage_micros": 2}}}'),
('plus', 'Plus', 2, '{"price": {"amount_minor": 7999, "currency": "USD"}, "trial_days": 14, "seats": 25, "properties": 5,
  "meters": {"messages": {"included": 10000, "overage_micros": 8000}, "calls": {"included": 1000, "overage_micros": 0},
             "minutes": {"included": 1500, "overage_micros": 50000}, "sms": {"included": 500, "overage_micros": 15000},
             "tokens": {"included": 10000000, "overage_micros": 1}}}');

-- What carriers take of the operator for one unit, by where it goes: the least-cost routing table.
CREATE TABLE plans.routes (
    meter text NOT NULL CHECK (meter IN ('messages', 'calls', 'minutes', 'sms', 'tokens')),
    provider text NOT NULL CHECK (provider ~ '^[a-z][a-z0-9_]{0,39}$'),
    -- How the number begins, in E.164 without the plus; empty for everywhere.
    prefix text NOT NULL CHECK (prefix ~ '^[0-9]{0,15}$'),
    price_micros bigint NOT NULL CHECK (price_micros BETWEEN 0 AND 1000000000),
    active boolean NOT NULL DEFAULT true,
    PRIMARY KEY (meter, provider, prefix)
);
ALTER TABLE plans.routes ENABLE ROW LEVEL SECURITY;
ALTER TABLE plans.routes FORCE ROW LEVEL SECURITY;
SELECT motel_platform_access('plans.routes', 'SELECT, INSERT, UPDATE');

-- What answers today costs nothing by itself.
INSERT INTO plans.routes (meter, provider, prefix, price_micros) VALUES
('messages', 'concierge', '', 0),
('calls', 'twilio', '', 0), ('minutes', 'twilio', '', 8500);

-- What a business subscribed to. Written once and changed from then on.
CREATE TABLE plans.subscriptions (
    tenant_id uuid PRIMARY KEY REFERENCES tenancy.tenants (tenant_id),
    plan text NOT NULL CHECK (char_length(plan) BETWEEN 1 AND 40),
    terms jsonb NOT NULL CHECK (jsonb_typeof(terms) = 'object'),
    status text NOT NULL CHECK (status IN ('trialing', 'active', 'past_due', 'suspended', 'cancelled')),
    -- The day of the month on which periods begin; in a shorter month its last.
    anchor_day smallint NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
    period_start timestamptz NOT NULL,
    period_end timestamptz NOT NULL,
    cancel_at_end boolean NOT NULL DEFAULT false,
    version integer NOT NULL DEFAULT 1,
    CHECK (period_start <= period_end)
);
CREATE INDEX subscriptions_to_close ON plans.subscriptions (period_end) WHERE status IN ('trialing', 'active', 'past_due');
SELECT motel_tenant_table('plans.subscriptions', 'SELECT, UPDATE');
SELECT motel_platform_access('plans.subscriptions', 'SELECT, INSERT, UPDATE');

-- What was used. A source counts once.
CREATE TABLE plans.usage (
    tenant_id uuid NOT NULL REFERENCES plans.subscriptions (tenant_id),
    source text NOT NULL CHECK (char_length(source) BETWEEN 1 AND 120),
    meter text NOT NULL CHECK (meter IN ('messages', 'calls', 'minutes', 'sms', 'tokens')),
    provider text NOT NULL CHECK (provider ~ '^[a-z][a-z0-9_]{0,39}$'),
    quantity bigint NOT NULL CHECK (quantity BETWEEN 1 AND 1000000000),
    -- What it cost the operator, in millionths of the subscription's currency.
    cost_micros bigint NOT NULL CHECK (cost_micros BETWEEN 0 AND 1000000000000000),
    -- The period it counts in: the one that was open when it was recorded.
    period_start timestamptz NOT NULL,
    occurred_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, meter, source)
);
SELECT motel_tenant_table('plans.usage', 'SELECT, INSERT');

CREATE FUNCTION plans.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was used or issued stays as it is'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'plans_are_append_only';
END
$$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON plans.usage
    FOR EACH STATEMENT EXECUTE FUNCTION plans.refuse_change();

-- The sums of it, so that nobody adds up a month for each message.
CREATE TABLE plans.totals (
    tenant_id uuid NOT NULL REFERENCES plans.subscriptions (tenant_id),
    period_start timestamptz NOT NULL,
    meter text NOT NULL CHECK (meter IN ('messages', 'calls', 'minutes', 'sms', 'tokens')),
    provider text NOT NULL CHECK (provider ~ '^[a-z][a-z0-9_]{0,39}$'),
    quantity bigint NOT NULL CHECK (quantity > 0),
    cost_micros bigint NOT NULL CHECK (cost_micros >= 0),
    PRIMARY KEY (tenant_id, period_start, meter, provider)
);
SELECT motel_tenant_table('plans.totals', 'SELECT, INSERT, UPDATE');
SELECT motel_platform_access('plans.totals', 'SELECT');

-- What the owner wants to spend in a period beyond the plan's price.
CREATE TABLE plans.budgets (
    tenant_id uuid PRIMARY KEY REFERENCES plans.subscriptions (tenant_id),
    amount_minor bigint NOT NULL CHECK (amount_minor BETWEEN 1 AND 100000000000),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    hard_stop boolean NOT NULL,
    version integer NOT NULL DEFAULT 1
);
SELECT motel_tenant_table('plans.budgets');

-- Which share of it was reached, told once in a period.
CREATE TABLE plans.alerts (
    tenant_id uuid NOT NULL REFERENCES plans.subscriptions (tenant_id),
    period_start timestamptz NOT NULL,
    threshold smallint NOT NULL CHECK (threshold IN (50, 80, 100)),
    PRIMARY KEY (tenant_id, period_start, threshold)
);
SELECT motel_tenant_table('plans.alerts', 'SELECT, INSERT');

-- The last number of each year. Whoever issues holds the row until the commit, so what is rolled back gives its numbers back.
CREATE TABLE plans.series (
    year smallint PRIMARY KEY CHECK (year BETWEEN 2000 AND 2999),
    last integer NOT NULL CHECK (last > 0)
);
ALTER TABLE plans.series ENABLE ROW LEVEL SECURITY;
ALTER TABLE plans.series FORCE ROW LEVEL SECURITY;
SELECT motel_platform_access('plans.series', 'SELECT, INSERT, UPDATE');

-- What a business is asked to pay for a period, as it was issued.
CREATE TABLE plans.statements (
    tenant_id uuid NOT NULL REFERENCES plans.subscriptions (tenant_id),
    id uuid NOT NULL,
    year smallint NOT NULL,
    sequence integer NOT NULL CHECK (sequence > 0),
    -- The period whose price it asks for; empty on the last statement of a subscription.
    period_start timestamptz NOT NULL,
    period_end timestamptz NOT NULL,
    issued_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    total_minor bigint NOT NULL CHECK (total_minor >= 0),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT statements_number_is_unique UNIQUE (year, sequence),
    CONSTRAINT statements_once_a_period UNIQUE (tenant_id, period_start),
    CHECK (period_start <= period_end)
);
SELECT motel_tenant_table('plans.statements', 'SELECT');
SELECT motel_platform_access('plans.statements', 'SELECT, INSERT');

CREATE TABLE plans.lines (
    tenant_id uuid NOT NULL,
    statement_id uuid NOT NULL,
    position integer NOT NULL CHECK (position > 0),
    kind text NOT NULL CHECK (kind IN ('subscription', 'overage', 'proration', 'credit')),
    description text NOT NULL CHECK (char_length(description) BETWEEN 1 AND 300),
    quantity bigint CHECK (quantity > 0),
    amount_minor bigint NOT NULL,
    PRIMARY KEY (tenant_id, statement_id, position),
    FOREIGN KEY (tenant_id, statement_id) REFERENCES plans.statements (tenant_id, id)
);
SELECT motel_tenant_table('plans.lines', 'SELECT');
SELECT motel_platform_access('plans.lines', 'SELECT, INSERT');

CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON plans.statements
    FOR EACH STATEMENT EXECUTE FUNCTION plans.refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON plans.lines
    FOR EACH STATEMENT EXECUTE FUNCTION plans.refuse_change();
CREATE TRIGGER refuse_change BEFORE DELETE OR TRUNCATE ON plans.series
    FOR EACH STATEMENT EXECUTE FUNCTION plans.refuse_change();

-- When a transaction ends, every number it took has a statement …
CREATE FUNCTION plans.check_used() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before integer := CASE TG_OP WHEN 'INSERT' THEN 0 ELSE OLD.last END;
BEGIN
    IF NEW.last <= before OR NEW.last - before <> (
        SELECT count(*) FROM plans.statements WHERE year = NEW.year AND sequence > before AND sequence <= NEW.last
    ) THEN
        RAISE EXCEPTION 'a number of % has no statement', NEW.year
            USING ERRCODE = 'check_violation', CONSTRAINT = 'series_has_no_gap';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER check_used AFTER INSERT OR UPDATE ON plans.series
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plans.check_used();

-- … and every statement is the sum of its lines.
CREATE FUNCTION plans.check_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.total_minor IS DISTINCT FROM (
        SELECT sum(amount_minor) FROM plans.lines WHERE tenant_id = NEW.tenant_id AND statement_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'a statement is not the sum of its lines'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'statements_add_up';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER check_total AFTER INSERT ON plans.statements
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plans.check_total();

-- Amounts that the next statement takes: what a change of plan makes of the rest of the period, and what is owed back.
CREATE TABLE plans.adjustments (
    tenant_id uuid NOT NULL REFERENCES plans.subscriptions (tenant_id),
    source text NOT NULL CHECK (char_length(source) BETWEEN 1 AND 120),
    kind text NOT NULL CHECK (kind IN ('proration', 'credit')),
    description text NOT NULL CHECK (char_length(description) BETWEEN 1 AND 300),
    amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    statement_id uuid,
    PRIMARY KEY (tenant_id, source),
    FOREIGN KEY (tenant_id, statement_id) REFERENCES plans.statements (tenant_id, id)
);
CREATE INDEX adjustments_open ON plans.adjustments (tenant_id) WHERE statement_id IS NULL;
SELECT motel_tenant_table('plans.adjustments', 'SELECT, INSERT');
SELECT motel_platform_access('plans.adjustments', 'SELECT, INSERT, UPDATE (statement_id)');

-- How far a statement is from being paid.
CREATE TABLE plans.receivables (
    tenant_id uuid NOT NULL,
    statement_id uuid NOT NULL,
    -- The last thing that was done about it.
    stage text NOT NULL CHECK (stage IN ('new', 'issued', 'reminded', 'past_due', 'suspended')),
    -- When the next thing is to be done; never again when it is empty.
    next_at timestamptz,
    paid_at timestamptz,
    PRIMARY KEY (tenant_id, statement_id),
    FOREIGN KEY (tenant_id, statement_id) REFERENCES plans.statements (tenant_id, id),
    CHECK (paid_at IS NULL OR next_at IS NULL)
);
CREATE INDEX receivables_next ON plans.receivables (next_at) WHERE next_at IS NOT NULL;
SELECT motel_tenant_table('plans.receivables', 'SELECT, UPDATE (stage, next_at, paid_at)');
SELECT motel_platform_access('plans.receivables', 'SELECT, INSERT');

-- Attempts to pay a statement, written before the gateway is asked. The id is what the gateway knows it by.
CREATE TABLE plans.payments (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL UNIQUE,
    statement_id uuid NOT NULL,
    gateway text NOT NULL CHECK (gateway IN ('sandbox', 'stripe', 'paypal')),
    state text NOT NULL CHECK (state IN ('open', 'paid', 'failed', 'expired')),
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    gateway_reference text CHECK (char_length(gateway_reference) <= 255),
    url text CHECK (char_length(url) <= 2000),
    expires_at timestamptz,
    -- How often the gateway was asked about it, and when it is asked again.
    asked integer NOT NULL DEFAULT 0,
    ask_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, statement_id) REFERENCES plans.statements (tenant_id, id),
    CHECK ((gateway_reference IS NULL) = (url IS NULL) AND (url IS NULL) = (expires_at IS NULL))
);
CREATE UNIQUE INDEX payments_one_open ON plans.payments (tenant_id, statement_id) WHERE state = 'open';
CREATE INDEX payments_in_doubt ON plans.payments (ask_at) WHERE state = 'open';
SELECT motel_tenant_table('plans.payments', 'SELECT, INSERT, UPDATE (state, gateway_reference, url, expires_at, asked, ask_at)');
-- A gateway names the payment and knows no tenants.
SELECT motel_platform_access('plans.payments', 'SELECT');

-- What gateways told, once each.
CREATE TABLE plans.gateway_events (
    tenant_id uuid NOT NULL,
    gateway text NOT NULL,
    event_id text NOT NULL CHECK (char_length(event_id) BETWEEN 1 AND 255),
    payment_id uuid NOT NULL,
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 40),
    received_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, gateway, event_id),
    FOREIGN KEY (tenant_id, payment_id) REFERENCES plans.payments (tenant_id, id)
);
SELECT motel_tenant_table('plans.gateway_events', 'SELECT, INSERT');
