DROP TRIGGER check_blocked_unit_is_free ON inventory.blocks;
DROP FUNCTION bookings.check_blocked_unit_is_free;
DROP TRIGGER check_unit_not_blocked ON bookings.reservations;
DROP FUNCTION bookings.check_unit_not_blocked;
DROP TABLE bookings.former_units;
ALTER TABLE bookings.reservations
    DROP CONSTRAINT reservations_one_stay_per_unit,
    DROP COLUMN unit_since,
    ADD CONSTRAINT reservations_one_stay_per_unit EXCLUDE USING gist (
        tenant_id WITH =, unit_id WITH =, daterange(arrival, departure) WITH &&
    ) WHERE (status IN ('held', 'confirmed', 'in_house', 'checked_out') AND unit_id IS NOT NULL);
