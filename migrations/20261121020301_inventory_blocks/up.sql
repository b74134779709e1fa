-- One gist index over the tenant, the unit and the nights needs equality on uuid inside gist.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

-- Nights on which a unit is out of order (not sold) or out of service (sold all the same).
CREATE TABLE inventory.blocks (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('out_of_order', 'out_of_service')),
    -- Half-open like a stay: the night of `until` is free again.
    first_night date NOT NULL,
    until date NOT NULL,
    reason text NOT NULL CHECK (char_length(reason) <= 500),
    created_by text NOT NULL CHECK (char_length(created_by) <= 80),
    created_at timestamptz NOT NULL,
    cancelled_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES inventory.units (tenant_id, id),
    CHECK (first_night < until),
    -- A night of a unit is taken off sale once.
    CONSTRAINT blocks_one_out_of_order_per_unit EXCLUDE USING gist (
        tenant_id WITH =, unit_id WITH =, daterange(first_night, until) WITH &&
    ) WHERE (kind = 'out_of_order' AND cancelled_at IS NULL)
);
CREATE INDEX blocks_by_nights ON inventory.blocks (tenant_id, property_id, until, first_night);
SELECT motel_tenant_table('inventory.blocks', 'SELECT, INSERT, UPDATE');
