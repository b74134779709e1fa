-- How many units of a group can be sold for a night, and how many are. A night without a row is not open for sale.
CREATE TABLE inventory.nightly_counters (
    tenant_id uuid NOT NULL,
    unit_group_id uuid NOT NULL,
    night date NOT NULL,
    capacity integer NOT NULL,
    sold integer NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, unit_group_id, night),
    -- The last guard against double booking.
    CONSTRAINT nightly_counters_within_capacity CHECK (sold BETWEEN 0 AND capacity),
    FOREIGN KEY (tenant_id, unit_group_id) REFERENCES inventory.unit_groups (tenant_id, id)
);
SELECT motel_tenant_table('inventory.nightly_counters');
