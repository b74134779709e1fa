-- A stay with something to it: contents at a price, or a stay that is cheaper. Whether it is over is read off its dates.
CREATE TABLE rates.packages (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,39}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    description text NOT NULL CHECK (char_length(description) <= 1000),
    active boolean NOT NULL,
    contents text[] NOT NULL CHECK (cardinality(contents) <= 20),
    -- Either an amount on top or a share off.
    extra_minor bigint CHECK (extra_minor BETWEEN 0 AND 100000000000),
    per text CHECK (per IN ('stay', 'night', 'person', 'person_night', 'unit', 'unit_night', 'pet', 'pet_night')),
    discount_basis_points integer CHECK (discount_basis_points BETWEEN 1 AND 10000),
    booking_from date,
    booking_until date,
    stay_from date,
    stay_until date,
    rate_plans uuid[] NOT NULL CHECK (cardinality(rate_plans) <= 100),
    version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT packages_code_is_unique UNIQUE (tenant_id, property_id, code),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    CHECK (booking_from < booking_until),
    CHECK (stay_from < stay_until),
    CHECK ((extra_minor IS NULL) = (per IS NULL)),
    CHECK ((extra_minor IS NULL) = (discount_basis_points IS NOT NULL))
);
SELECT motel_tenant_table('rates.packages');
SELECT motel_tell_changes('rates.packages', 'offers');
