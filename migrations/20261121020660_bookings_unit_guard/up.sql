-- A guest in the house may be given another unit: from then on the stay takes that one, and what went before is kept.
ALTER TABLE bookings.reservations
    ADD COLUMN unit_since date,
    DROP CONSTRAINT reservations_one_stay_per_unit,
    -- No unit is ever given to two stays on one night, whatever the code above thinks.
    ADD CONSTRAINT reservations_one_stay_per_unit EXCLUDE USING gist (
        tenant_id WITH =, unit_id WITH =, daterange(greatest(arrival, unit_since), departure) WITH &&
    ) WHERE (status IN ('held', 'confirmed', 'in_house', 'checked_out') AND unit_id IS NOT NULL);

-- Nights of a stay that were slept in another unit than the one it has now.
CREATE TABLE bookings.former_units (
    tenant_id uuid NOT NULL,
    reservation_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    first_night date NOT NULL,
    until date NOT NULL,
    PRIMARY KEY (tenant_id, reservation_id, first_night),
    FOREIGN KEY (tenant_id, reservation_id) REFERENCES bookings.reservations (tenant_id, id),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES inventory.units (tenant_id, id),
    CHECK (first_night < until)
);
SELECT motel_tenant_table('bookings.former_units', 'SELECT, INSERT');

-- A stay and an out-of-order block never share a unit and a night, whichever comes last. Both sides hold the unit's row
-- while they look, so that neither misses the other: the block exclusively, stays together.
CREATE FUNCTION bookings.check_unit_not_blocked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM inventory.units WHERE tenant_id = NEW.tenant_id AND id = NEW.unit_id FOR KEY SHARE;
    IF EXISTS (
        SELECT FROM inventory.blocks AS block
        WHERE block.tenant_id = NEW.tenant_id AND block.unit_id = NEW.unit_id
          AND block.kind = 'out_of_order' AND block.cancelled_at IS NULL
          AND block.first_night < NEW.departure AND block.until > greatest(NEW.arrival, NEW.unit_since)
    ) THEN
        RAISE EXCEPTION 'the unit is out of order on a night of the stay'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'reservations_unit_not_blocked';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER check_unit_not_blocked
    AFTER INSERT OR UPDATE OF unit_id, arrival, departure, status, unit_since ON bookings.reservations
    FOR EACH ROW WHEN (NEW.unit_id IS NOT NULL AND NEW.status IN ('held', 'confirmed', 'in_house'))
    EXECUTE FUNCTION bookings.check_unit_not_blocked();

CREATE FUNCTION bookings.check_blocked_unit_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM inventory.units WHERE tenant_id = NEW.tenant_id AND id = NEW.unit_id FOR UPDATE;
    IF EXISTS (
        SELECT FROM bookings.reservations AS stay
        WHERE stay.tenant_id = NEW.tenant_id AND stay.unit_id = NEW.unit_id
          AND stay.status IN ('held', 'confirmed', 'in_house')
          AND NEW.first_night < stay.departure AND NEW.until > greatest(stay.arrival, stay.unit_since)
    ) THEN
        RAISE EXCEPTION 'a stay has the unit on a night of the block'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'blocks_unit_is_free';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER check_blocked_unit_is_free
    AFTER INSERT OR UPDATE OF unit_id, kind, first_night, until, cancelled_at ON inventory.blocks
    FOR EACH ROW WHEN (NEW.kind = 'out_of_order' AND NEW.cancelled_at IS NULL)
    EXECUTE FUNCTION bookings.check_blocked_unit_is_free();
