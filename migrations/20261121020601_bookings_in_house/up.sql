-- Two guests are never in one unit, also when the first one stays longer than was agreed.
CREATE UNIQUE INDEX reservations_one_guest_in_house ON bookings.reservations (tenant_id, unit_id) WHERE status = 'in_house';
