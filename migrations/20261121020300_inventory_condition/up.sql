-- What housekeeping says of a unit, and the version that a change of a unit or group is checked against.
ALTER TABLE inventory.units
    ADD COLUMN condition text NOT NULL DEFAULT 'clean' CHECK (condition IN ('clean', 'dirty', 'inspected')),
    ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE inventory.unit_groups ADD COLUMN version integer NOT NULL DEFAULT 1;
