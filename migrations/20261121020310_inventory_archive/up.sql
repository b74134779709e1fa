-- Rooms and room types that are not used any more: nothing is sold of them, and what was is still told.
ALTER TABLE inventory.units ADD COLUMN archived_at timestamptz;
ALTER TABLE inventory.unit_groups ADD COLUMN archived_at timestamptz;
