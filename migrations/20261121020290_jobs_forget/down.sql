REVOKE UPDATE (payload) ON jobs.events FROM motel_app;
