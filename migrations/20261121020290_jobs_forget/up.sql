-- What happened names who booked, by their address; of a guest who is erased, another one is put there.
GRANT UPDATE (payload) ON jobs.events TO motel_app;
