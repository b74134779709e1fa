CREATE SCHEMA rates;
GRANT USAGE ON SCHEMA rates TO motel_app;

CREATE TABLE rates.rate_plans (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,39}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    -- Bit 0 is Monday, bit 6 Sunday: the nights the plan prices, by the day they begin on.
    nights smallint NOT NULL CHECK (nights BETWEEN 1 AND 127),
    derived_from uuid CHECK (derived_from <> id),
    multiplier_basis_points integer CHECK (multiplier_basis_points BETWEEN 1 AND 100000),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT rate_plans_code_is_unique UNIQUE (tenant_id, property_id, code),
    UNIQUE (tenant_id, property_id, id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    FOREIGN KEY (tenant_id, property_id, derived_from) REFERENCES rates.rate_plans (tenant_id, property_id, id),
    CHECK ((derived_from IS NULL) = (multiplier_basis_points IS NULL))
);
SELECT motel_tenant_table('rates.rate_plans');

-- What one unit costs per night under one plan.
CREATE TABLE rates.rates (
    tenant_id uuid NOT NULL,
    property_id uuid NOT NULL,
    rate_plan_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    -- A night that costs nothing is a mistake, not an offer.
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    valid_from date NOT NULL,
    -- The first night the rate does not price any more.
    valid_until date NOT NULL,
    min_nights integer NOT NULL CHECK (min_nights >= 1),
    max_nights integer NOT NULL CHECK (max_nights BETWEEN min_nights AND 365),
    PRIMARY KEY (tenant_id, rate_plan_id, unit_id),
    CHECK (valid_from < valid_until),
    FOREIGN KEY (tenant_id, property_id, rate_plan_id) REFERENCES rates.rate_plans (tenant_id, property_id, id),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES inventory.units (tenant_id, id)
);
CREATE INDEX rates_by_property ON rates.rates (tenant_id, property_id);
SELECT motel_tenant_table('rates.rates');
