-- A tenant to play with: its clock can be moved forward.
ALTER TABLE tenancy.tenants ADD COLUMN sandbox boolean NOT NULL DEFAULT false;

-- How far a property's clock is ahead of the machine's; never back, and at most a century.
ALTER TABLE tenancy.properties ADD COLUMN clock_offset_seconds bigint NOT NULL DEFAULT 0
    CONSTRAINT properties_clock_offset CHECK (clock_offset_seconds BETWEEN 0 AND 3155760000);
