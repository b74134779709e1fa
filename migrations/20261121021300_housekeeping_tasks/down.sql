DROP SCHEMA housekeeping CASCADE;
