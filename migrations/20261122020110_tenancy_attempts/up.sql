-- How often somebody failed to get in lately: by account and by address, of no tenant, since who guesses need not know one.
-- All nodes count here. A subject is a digest, so that the table does not say which addresses somebody tried.
CREATE TABLE tenancy.attempts (
    subject bytea PRIMARY KEY CHECK (octet_length(subject) = 32),
    failures integer NOT NULL CHECK (failures >= 0),
    last_at timestamptz NOT NULL,
    locked_until timestamptz
);
CREATE INDEX attempts_by_age ON tenancy.attempts (last_at);
ALTER TABLE tenancy.attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.attempts FORCE ROW LEVEL SECURITY;
SELECT motel_platform_access('tenancy.attempts', 'SELECT, INSERT, UPDATE, DELETE');
