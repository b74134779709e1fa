CREATE TABLE appointments.appointments (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    service_id uuid NOT NULL,
    guest_id uuid NOT NULL,
    -- Who booked, as they called themselves then; the guest's profile may change later.
    booker_name text NOT NULL CHECK (char_length(booker_name) BETWEEN 1 AND 120),
    booker_email text NOT NULL CHECK (char_length(booker_email) BETWEEN 3 AND 254),
    booker_phone text CHECK (char_length(booker_phone) BETWEEN 5 AND 20),
    code text NOT NULL CHECK (code ~ '^RM-[A-HJ-KM-NP-Z2-9]{6}$'),
    status text NOT NULL CHECK (status IN ('held', 'booked', 'completed', 'cancelled', 'no_show', 'expired')),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    -- The day it begins on, on the property's wall clock.
    local_day date NOT NULL,
    guests integer NOT NULL CHECK (guests BETWEEN 1 AND 10000),
    wishes jsonb NOT NULL CHECK (octet_length(wishes::text) <= 32768),
    notes text NOT NULL CHECK (char_length(notes) <= 2000),
    price jsonb NOT NULL CHECK (octet_length(price::text) <= 131072),
    total_minor bigint NOT NULL CHECK (total_minor >= 0),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    terms jsonb NOT NULL CHECK (octet_length(terms::text) <= 16384),
    hold_expires_at timestamptz,
    created_at timestamptz NOT NULL,
    cancelled_at timestamptz,
    fee_minor bigint CHECK (fee_minor BETWEEN 0 AND total_minor),
    version integer NOT NULL DEFAULT 1,
    -- The caller's own name for the request that made it, and what that request said.
    request_key text CHECK (char_length(request_key) BETWEEN 1 AND 255),
    request_digest text CHECK (char_length(request_digest) = 64),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT appointments_code_is_unique UNIQUE (tenant_id, code),
    CONSTRAINT appointments_request_is_unique UNIQUE (tenant_id, request_key),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES appointments.services (tenant_id, id),
    FOREIGN KEY (tenant_id, guest_id) REFERENCES guests.guests (tenant_id, id),
    CHECK (starts_at < ends_at),
    CHECK ((status = 'held') = (hold_expires_at IS NOT NULL)),
    CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL)),
    CHECK ((status IN ('cancelled', 'no_show')) = (fee_minor IS NOT NULL))
);
CREATE INDEX appointments_by_start ON appointments.appointments (tenant_id, starts_at, id);
CREATE INDEX appointments_by_guest ON appointments.appointments (tenant_id, guest_id);
SELECT motel_tenant_table('appointments.appointments', 'SELECT, INSERT, UPDATE');

-- One place at one station for one time, with the time before and after that it is kept free.
CREATE TABLE appointments.allocations (
    tenant_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    station_id uuid NOT NULL,
    place integer NOT NULL CHECK (place >= 1),
    busy_from timestamptz NOT NULL,
    busy_until timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, appointment_id, station_id),
    FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointments.appointments (tenant_id, id),
    FOREIGN KEY (tenant_id, station_id) REFERENCES appointments.stations (tenant_id, id),
    CHECK (busy_from < busy_until),
    -- No place is ever given to two parties at once, whatever the code above thinks.
    CONSTRAINT allocations_one_party_per_place EXCLUDE USING gist (
        tenant_id WITH =, station_id WITH =, place WITH =, tstzrange(busy_from, busy_until) WITH &&
    )
);
CREATE INDEX allocations_by_station ON appointments.allocations (tenant_id, station_id, busy_from);
SELECT motel_tenant_table('appointments.allocations', 'SELECT, INSERT, DELETE');

-- What happened to an appointment, on whose word and why. Nothing here is ever changed.
CREATE TABLE appointments.appointment_events (
    tenant_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    seq integer NOT NULL CHECK (seq >= 1),
    kind text NOT NULL CHECK (kind IN
        ('held', 'booked', 'confirmed', 'rescheduled', 'cancelled', 'completed', 'no_show', 'expired', 'reminded')),
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 60),
    reason text CHECK (char_length(reason) BETWEEN 1 AND 500),
    change jsonb NOT NULL CHECK (octet_length(change::text) <= 16384),
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, appointment_id, seq),
    FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointments.appointments (tenant_id, id)
);
SELECT motel_tenant_table('appointments.appointment_events', 'SELECT, INSERT');

-- What falls due by itself: the guest is to be reminded so many hours before, or, at zero hours, a hold runs out. A row
-- goes when that was done or can no longer be.
CREATE TABLE appointments.timers (
    tenant_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    hours_before integer NOT NULL CHECK (hours_before BETWEEN 0 AND 8760),
    due_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, appointment_id, hours_before),
    FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointments.appointments (tenant_id, id)
);
CREATE INDEX timers_by_time ON appointments.timers (due_at);
SELECT motel_tenant_table('appointments.timers', 'SELECT, INSERT, DELETE');
-- Whose timers are due is asked across tenants; what is done about it is done for each of them.
SELECT motel_platform_access('appointments.timers', 'SELECT');
