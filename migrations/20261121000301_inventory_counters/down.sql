DROP TABLE inventory.nightly_counters;
