CREATE SCHEMA inventory;
GRANT USAGE ON SCHEMA inventory TO motel_app;

CREATE TABLE inventory.unit_groups (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,39}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    description text NOT NULL CHECK (char_length(description) <= 2000),
    max_guests smallint NOT NULL CHECK (max_guests BETWEEN 1 AND 40),
    max_adults smallint NOT NULL CHECK (max_adults BETWEEN 1 AND max_guests),
    pets_allowed boolean NOT NULL,
    beds text NOT NULL CHECK (char_length(beds) <= 120),
    size_sqft integer CHECK (size_sqft > 0),
    amenities text[] NOT NULL CHECK (cardinality(amenities) <= 40 AND array_position(amenities, NULL) IS NULL),
    sort smallint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT unit_groups_code_is_unique UNIQUE (tenant_id, property_id, code),
    -- What a unit refers to, so that it cannot stand in another property than its group.
    UNIQUE (tenant_id, property_id, id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id)
);
SELECT motel_tenant_table('inventory.unit_groups');

CREATE TABLE inventory.units (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    unit_group_id uuid NOT NULL,
    number text NOT NULL CHECK (char_length(number) BETWEEN 1 AND 20),
    floor smallint NOT NULL,
    accessible boolean NOT NULL,
    note text NOT NULL CHECK (char_length(note) <= 500),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT units_number_is_unique UNIQUE (tenant_id, property_id, number),
    FOREIGN KEY (tenant_id, property_id, unit_group_id)
        REFERENCES inventory.unit_groups (tenant_id, property_id, id)
);
CREATE INDEX units_by_group ON inventory.units (tenant_id, unit_group_id);
SELECT motel_tenant_table('inventory.units');
