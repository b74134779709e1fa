-- Who was a member and is erased: their row stays, because what they did points at it, and says only that there was somebody.
ALTER TABLE tenancy.staff ADD COLUMN erased_at timestamptz CHECK (erased_at IS NULL OR NOT active);
GRANT DELETE ON tenancy.sessions, tenancy.one_use_links TO motel_app;
GRANT UPDATE (email) ON tenancy.invitations TO motel_app;
