DROP TABLE guests.guests;
DROP SCHEMA guests;
