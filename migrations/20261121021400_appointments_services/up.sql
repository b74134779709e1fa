-- One gist index over the tenant, the station and the time needs equality on uuid inside gist.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE SCHEMA appointments;
GRANT USAGE ON SCHEMA appointments TO motel_app;

-- What is sold by the slot. The jsonb columns hold lists that are only ever read and written whole, with their service.
CREATE TABLE appointments.services (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    description text NOT NULL CHECK (char_length(description) <= 2000),
    duration_minutes integer NOT NULL CHECK (duration_minutes BETWEEN 5 AND 1440),
    buffer_before_minutes integer NOT NULL CHECK (buffer_before_minutes BETWEEN 0 AND 720),
    buffer_after_minutes integer NOT NULL CHECK (buffer_after_minutes BETWEEN 0 AND 720),
    starts jsonb NOT NULL CHECK (octet_length(starts::text) <= 8192),
    opening_hours jsonb NOT NULL CHECK (jsonb_typeof(opening_hours) = 'array' AND octet_length(opening_hours::text) <= 8192),
    price_basis text NOT NULL CHECK (price_basis IN ('per_guest', 'per_session')),
    price_minor bigint NOT NULL CHECK (price_minor BETWEEN 0 AND 100000000000),
    minimum_spend_minor bigint NOT NULL CHECK (minimum_spend_minor BETWEEN 0 AND 100000000000),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    min_guests integer NOT NULL CHECK (min_guests BETWEEN 1 AND 10000),
    max_guests integer NOT NULL CHECK (max_guests BETWEEN min_guests AND 10000),
    guests_per_station integer CHECK (guests_per_station BETWEEN 1 AND 10000),
    lead_minutes integer NOT NULL CHECK (lead_minutes BETWEEN 0 AND 525600),
    horizon_days integer NOT NULL CHECK (horizon_days BETWEEN 1 AND 730),
    travel jsonb CHECK (jsonb_typeof(travel) = 'object' AND octet_length(travel::text) <= 16384),
    deposit_basis_points integer NOT NULL CHECK (deposit_basis_points BETWEEN 0 AND 10000),
    fees jsonb NOT NULL CHECK (jsonb_typeof(fees) = 'object' AND octet_length(fees::text) <= 8192),
    reminder_hours jsonb NOT NULL CHECK (jsonb_typeof(reminder_hours) = 'array' AND octet_length(reminder_hours::text) <= 1024),
    add_ons jsonb NOT NULL CHECK (jsonb_typeof(add_ons) = 'array' AND octet_length(add_ons::text) <= 32768),
    active boolean NOT NULL,
    sort smallint NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT services_code_is_unique UNIQUE (tenant_id, property_id, code),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id)
);
SELECT motel_tenant_table('appointments.services', 'SELECT, INSERT, UPDATE');

-- Who performs services, or where: a chef, a consultant, a table.
CREATE TABLE appointments.stations (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    -- How many parties at a time.
    places integer NOT NULL CHECK (places BETWEEN 1 AND 100),
    working_hours jsonb NOT NULL CHECK (jsonb_typeof(working_hours) = 'array' AND octet_length(working_hours::text) <= 8192),
    active boolean NOT NULL,
    sort smallint NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT stations_code_is_unique UNIQUE (tenant_id, property_id, code),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id)
);
SELECT motel_tenant_table('appointments.stations', 'SELECT, INSERT, UPDATE');

-- Which station can do what.
CREATE TABLE appointments.skills (
    tenant_id uuid NOT NULL,
    service_id uuid NOT NULL,
    station_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, service_id, station_id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES appointments.services (tenant_id, id),
    FOREIGN KEY (tenant_id, station_id) REFERENCES appointments.stations (tenant_id, id)
);
CREATE INDEX skills_by_station ON appointments.skills (tenant_id, station_id);
SELECT motel_tenant_table('appointments.skills', 'SELECT, INSERT, DELETE');

-- Whole days on which nothing begins or goes on: of one service, of one station, or of the property.
CREATE TABLE appointments.blackouts (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    service_id uuid,
    station_id uuid,
    first_day date NOT NULL,
    last_day date NOT NULL,
    reason text NOT NULL CHECK (char_length(reason) <= 200),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES appointments.services (tenant_id, id),
    FOREIGN KEY (tenant_id, station_id) REFERENCES appointments.stations (tenant_id, id),
    CHECK (first_day <= last_day),
    CHECK (service_id IS NULL OR station_id IS NULL)
);
CREATE INDEX blackouts_by_day ON appointments.blackouts (tenant_id, property_id, last_day);
SELECT motel_tenant_table('appointments.blackouts', 'SELECT, INSERT, DELETE');
