DROP TABLE bookings.idempotency_keys;
DROP TABLE bookings.reservations;
DROP TABLE bookings.bookings;
DROP TABLE bookings.quotes;
DROP SCHEMA bookings;
