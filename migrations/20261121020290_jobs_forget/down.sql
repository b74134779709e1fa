DROP TRIGGER events_only_addresses_erased ON jobs.events;
DROP FUNCTION jobs.only_addresses_erased();
REVOKE UPDATE (payload) ON jobs.events FROM motel_app;
