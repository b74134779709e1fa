DROP TABLE tenancy.member_properties;
-- Nobody who was limited gets more by that: they may not sign in any more.
UPDATE tenancy.staff SET active = false WHERE limited;
ALTER TABLE tenancy.staff DROP COLUMN limited;
