ALTER TABLE inventory.unit_groups DROP COLUMN version;
ALTER TABLE inventory.units DROP COLUMN version, DROP COLUMN condition;
