DROP INDEX bookings.reservations_by_unit;
