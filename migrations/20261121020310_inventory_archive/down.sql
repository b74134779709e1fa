ALTER TABLE inventory.unit_groups DROP COLUMN archived_at;
ALTER TABLE inventory.units DROP COLUMN archived_at;
