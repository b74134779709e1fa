CREATE SCHEMA jobs;
GRANT USAGE ON SCHEMA jobs TO motel_app;

-- What happened, written in the transaction in which it happened.
CREATE TABLE jobs.events (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind ~ '^[a-z_]+(\.[a-z_]+)+$' AND char_length(kind) <= 80),
    payload jsonb NOT NULL CHECK (octet_length(payload::text) <= 65536),
    occurred_at timestamptz NOT NULL DEFAULT now(),
    -- True once every subscriber has its delivery.
    fanned_out boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX events_to_fan_out ON jobs.events (id) WHERE NOT fanned_out;

-- One subscriber's work on one event.
CREATE TABLE jobs.deliveries (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    event_id uuid NOT NULL,
    subscriber text NOT NULL CHECK (char_length(subscriber) BETWEEN 1 AND 80),
    status text NOT NULL CHECK (status IN ('pending', 'running', 'done', 'dead')),
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    -- When a pending one may be taken.
    run_at timestamptz NOT NULL DEFAULT now(),
    -- Until when a running one belongs to the worker that took it; after that another may take it.
    locked_until timestamptz CHECK ((locked_until IS NOT NULL) = (status = 'running')),
    last_error text CHECK (char_length(last_error) <= 2000),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, event_id, subscriber),
    FOREIGN KEY (tenant_id, event_id) REFERENCES jobs.events (tenant_id, id)
);
CREATE INDEX deliveries_pending ON jobs.deliveries (run_at) WHERE status = 'pending';
CREATE INDEX deliveries_running ON jobs.deliveries (locked_until) WHERE status = 'running';

-- A tenant writes events and may look at what became of them; the rest is the worker's.
SELECT motel_tenant_table('jobs.events', 'SELECT, INSERT');
SELECT motel_tenant_table('jobs.deliveries', 'SELECT');
SELECT motel_platform_access('jobs.events', 'SELECT, UPDATE (fanned_out)');
SELECT motel_platform_access('jobs.deliveries', 'SELECT, INSERT, UPDATE');
