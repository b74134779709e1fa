CREATE SCHEMA night_audit;
GRANT USAGE ON SCHEMA night_audit TO motel_app;

-- When the days of a property are closed by themselves. Whoever closes one holds this row, so audits of a property take turns.
CREATE TABLE night_audit.schedules (
    tenant_id uuid NOT NULL,
    property_id uuid NOT NULL,
    automatic boolean NOT NULL DEFAULT true,
    -- On the wall clock of the property, the morning after.
    at time NOT NULL DEFAULT '03:00',
    -- When the next day is to be closed, by the property's own clock.
    next_due_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, property_id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id)
);
SELECT motel_tenant_table('night_audit.schedules', 'SELECT, INSERT, UPDATE');
-- Which properties have a day to close is asked across tenants.
SELECT motel_platform_access('night_audit.schedules', 'SELECT');

-- A day that was closed, and what closing it did. Never changed.
CREATE TABLE night_audit.audits (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    business_date date NOT NULL,
    closed_at timestamptz NOT NULL,
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 60),
    units integer NOT NULL CHECK (units >= 0),
    out_of_order integer NOT NULL CHECK (out_of_order >= 0),
    sold integer NOT NULL CHECK (sold >= 0),
    room_revenue_minor bigint NOT NULL,
    currency text NOT NULL CHECK (char_length(currency) = 3),
    report jsonb NOT NULL CHECK (jsonb_typeof(report) = 'object'),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT audits_once_a_day UNIQUE (tenant_id, property_id, business_date),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id)
);
SELECT motel_tenant_table('night_audit.audits', 'SELECT, INSERT');

-- The nights that were charged: each once, whatever is run again.
CREATE TABLE night_audit.charged_nights (
    tenant_id uuid NOT NULL,
    reservation_id uuid NOT NULL,
    night date NOT NULL,
    audit_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, reservation_id, night),
    FOREIGN KEY (tenant_id, reservation_id) REFERENCES bookings.reservations (tenant_id, id),
    FOREIGN KEY (tenant_id, audit_id) REFERENCES night_audit.audits (tenant_id, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX charged_nights_by_audit ON night_audit.charged_nights (tenant_id, audit_id);
SELECT motel_tenant_table('night_audit.charged_nights', 'SELECT, INSERT');
