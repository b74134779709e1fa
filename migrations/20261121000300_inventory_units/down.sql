DROP TABLE inventory.units;
DROP TABLE inventory.unit_groups;
DROP SCHEMA inventory;
