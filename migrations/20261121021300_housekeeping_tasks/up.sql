CREATE SCHEMA housekeeping;
GRANT USAGE ON SCHEMA housekeeping TO motel_app;

-- How often guests who stay are cleaned for, and how long cleaning takes. Planning a property's day takes its row.
CREATE TABLE housekeeping.rules (
    tenant_id uuid NOT NULL,
    property_id uuid NOT NULL,
    -- Every so many nights of a stay; 0 is never.
    stay_over_every smallint NOT NULL DEFAULT 1 CHECK (stay_over_every BETWEEN 0 AND 30),
    linen_every smallint NOT NULL DEFAULT 3 CHECK (linen_every BETWEEN 0 AND 30),
    departure_minutes smallint NOT NULL DEFAULT 30 CHECK (departure_minutes BETWEEN 1 AND 600),
    stay_over_minutes smallint NOT NULL DEFAULT 15 CHECK (stay_over_minutes BETWEEN 1 AND 600),
    linen_minutes smallint NOT NULL DEFAULT 20 CHECK (linen_minutes BETWEEN 1 AND 600),
    version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    PRIMARY KEY (tenant_id, property_id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id)
);

CREATE TABLE housekeeping.tasks (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    date date NOT NULL,
    kind text NOT NULL CHECK (kind IN ('departure', 'stay_over', 'linen_change')),
    status text NOT NULL CHECK (status IN ('open', 'assigned', 'in_progress', 'done', 'inspected')),
    assignee uuid,
    priority smallint NOT NULL CHECK (priority BETWEEN 1 AND 3),
    minutes smallint NOT NULL CHECK (minutes BETWEEN 1 AND 600),
    note text NOT NULL DEFAULT '' CHECK (char_length(note) <= 500),
    reservation_id uuid,
    started_at timestamptz,
    done_at timestamptz,
    inspected_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT tasks_once_a_day UNIQUE (tenant_id, unit_id, date, kind),
    CONSTRAINT tasks_assigned_has_assignee CHECK (status <> 'assigned' OR assignee IS NOT NULL),
    CONSTRAINT tasks_open_has_no_assignee CHECK (status <> 'open' OR assignee IS NULL),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES inventory.units (tenant_id, id),
    FOREIGN KEY (tenant_id, reservation_id) REFERENCES bookings.reservations (tenant_id, id),
    CONSTRAINT tasks_assignee_is_staff FOREIGN KEY (tenant_id, assignee) REFERENCES tenancy.staff (tenant_id, id)
);
CREATE INDEX tasks_by_day ON housekeeping.tasks (tenant_id, property_id, date, priority, id);
CREATE INDEX tasks_unfinished ON housekeeping.tasks (tenant_id, unit_id)
    WHERE status IN ('open', 'assigned', 'in_progress');

SELECT motel_tenant_table('housekeeping.rules', 'SELECT, INSERT, UPDATE');
SELECT motel_tenant_table('housekeeping.tasks');
