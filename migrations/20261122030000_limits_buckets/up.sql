-- How often somebody asked, for all nodes together. Of whom it is only a digest says; and what a crash loses here is a minute of
-- counting, so nothing of it is written to the log.
CREATE SCHEMA limits;
CREATE UNLOGGED TABLE limits.buckets (
    subject bytea PRIMARY KEY CHECK (octet_length(subject) = 32),
    -- When everything that was asked is forgotten again.
    empty_at timestamptz NOT NULL
);
CREATE INDEX buckets_empty ON limits.buckets (empty_at);
ALTER TABLE limits.buckets ENABLE ROW LEVEL SECURITY;
ALTER TABLE limits.buckets FORCE ROW LEVEL SECURITY;
SELECT motel_platform_access('limits.buckets', 'SELECT, INSERT, UPDATE, DELETE');
