CREATE SCHEMA taxes;
GRANT USAGE ON SCHEMA taxes TO motel_app;
-- Two of one code may not be charged on the same day, which needs equality on uuid and text inside gist.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE TABLE taxes.taxes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,39}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    -- Either a share or an amount.
    percent_basis_points integer CHECK (percent_basis_points BETWEEN 0 AND 100000),
    amount_minor bigint CHECK (amount_minor BETWEEN 0 AND 100000000000),
    currency text CHECK (char_length(currency) = 3),
    per text CHECK (per IN ('stay', 'night', 'person', 'person_night', 'unit', 'unit_night', 'pet', 'pet_night')),
    included boolean NOT NULL,
    covers_fees boolean NOT NULL,
    on_top_of text[] NOT NULL CHECK (cardinality(on_top_of) <= 10),
    -- By service date; valid_until is the first date no more.
    valid_from date,
    valid_until date,
    max_nights integer CHECK (max_nights BETWEEN 1 AND 365),
    exempt_flags text[] NOT NULL CHECK (cardinality(exempt_flags) <= 10),
    age_bands jsonb NOT NULL CHECK (jsonb_typeof(age_bands) = 'array' AND octet_length(age_bands::text) <= 4096),
    rounding text NOT NULL CHECK (rounding IN ('per_line', 'per_stay')),
    version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    CHECK (valid_from < valid_until),
    CHECK ((percent_basis_points IS NULL) = (amount_minor IS NOT NULL)),
    CHECK ((amount_minor IS NULL) = (per IS NULL) AND (amount_minor IS NULL) = (currency IS NULL)),
    CONSTRAINT taxes_one_at_a_time EXCLUDE USING gist (
        tenant_id WITH =, property_id WITH =, code WITH =, daterange(valid_from, valid_until) WITH &&)
);
CREATE INDEX taxes_by_property ON taxes.taxes (tenant_id, property_id, id);
SELECT motel_tenant_table('taxes.taxes');

CREATE TABLE taxes.fees (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,39}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    percent_basis_points integer CHECK (percent_basis_points BETWEEN 0 AND 100000),
    amount_minor bigint CHECK (amount_minor BETWEEN 0 AND 100000000000),
    currency text CHECK (char_length(currency) = 3),
    per text CHECK (per IN ('stay', 'night', 'person', 'person_night', 'unit', 'unit_night', 'pet', 'pet_night')),
    occasion text NOT NULL CHECK (occasion IN ('always', 'pets')),
    taxed boolean NOT NULL,
    valid_from date,
    valid_until date,
    age_bands jsonb NOT NULL CHECK (jsonb_typeof(age_bands) = 'array' AND octet_length(age_bands::text) <= 4096),
    version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    CHECK (valid_from < valid_until),
    CHECK ((percent_basis_points IS NULL) = (amount_minor IS NOT NULL)),
    CHECK ((amount_minor IS NULL) = (per IS NULL) AND (amount_minor IS NULL) = (currency IS NULL)),
    CONSTRAINT fees_one_at_a_time EXCLUDE USING gist (
        tenant_id WITH =, property_id WITH =, code WITH =, daterange(valid_from, valid_until) WITH &&)
);
CREATE INDEX fees_by_property ON taxes.fees (tenant_id, property_id, id);
SELECT motel_tenant_table('taxes.fees');
