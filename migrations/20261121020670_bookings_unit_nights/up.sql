-- Which stays a unit has from a night on: asked by every sale. Without it, all of a tenant's past was read each time.
CREATE INDEX reservations_by_unit ON bookings.reservations (tenant_id, unit_id, departure, arrival);
