CREATE TABLE rates.seasons (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,39}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    -- Of the seasons on a night the highest counts.
    priority smallint NOT NULL,
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    -- Bit 0 is Monday, bit 6 Sunday.
    weekdays smallint NOT NULL CHECK (weekdays BETWEEN 1 AND 127),
    unit_group_id uuid,
    rate_plan_id uuid,
    -- Either a price or a change.
    price_minor bigint CHECK (price_minor BETWEEN 1 AND 100000000000),
    change_basis_points integer CHECK (change_basis_points BETWEEN -10000 AND 100000),
    change_amount_minor bigint CHECK (change_amount_minor BETWEEN -100000000000 AND 100000000000),
    version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT seasons_code_is_unique UNIQUE (tenant_id, property_id, code),
    CHECK (valid_from < valid_until),
    CHECK ((price_minor IS NULL) = (change_basis_points IS NOT NULL)),
    CHECK ((price_minor IS NULL) = (change_amount_minor IS NOT NULL)),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    FOREIGN KEY (tenant_id, unit_group_id) REFERENCES inventory.unit_groups (tenant_id, id),
    FOREIGN KEY (tenant_id, property_id, rate_plan_id)
        REFERENCES rates.rate_plans (tenant_id, property_id, id) ON DELETE CASCADE
);
SELECT motel_tenant_table('rates.seasons');

CREATE TABLE rates.promo_codes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[A-Z0-9][A-Z0-9_-]{1,39}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    active boolean NOT NULL,
    -- Either a share or an amount off every night.
    percent_basis_points integer CHECK (percent_basis_points BETWEEN 1 AND 10000),
    per_night_minor bigint CHECK (per_night_minor BETWEEN 1 AND 100000000000),
    booking_from date,
    booking_until date,
    stay_from date,
    stay_until date,
    -- The plans it applies to; every plan when empty.
    rate_plans uuid[] NOT NULL CHECK (cardinality(rate_plans) <= 100),
    max_uses integer CHECK (max_uses >= 1),
    uses integer NOT NULL DEFAULT 0,
    version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT promo_codes_code_is_unique UNIQUE (tenant_id, property_id, code),
    CONSTRAINT promo_codes_uses_are_bounded CHECK (uses >= 0),
    CHECK (booking_from < booking_until),
    CHECK (stay_from < stay_until),
    CHECK ((percent_basis_points IS NULL) = (per_night_minor IS NOT NULL)),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id)
);
SELECT motel_tenant_table('rates.promo_codes');

-- Which bookings use a promo code: a use is counted once and given back once.
CREATE TABLE rates.promo_uses (
    tenant_id uuid NOT NULL,
    promo_code_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, promo_code_id, booking_id),
    CONSTRAINT promo_uses_of_a_code FOREIGN KEY (tenant_id, promo_code_id) REFERENCES rates.promo_codes (tenant_id, id)
);
SELECT motel_tenant_table('rates.promo_uses', 'SELECT, INSERT, DELETE');
