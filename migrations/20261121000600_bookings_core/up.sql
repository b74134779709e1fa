-- One gist index over the tenant, the unit and the nights needs equality on uuid inside gist.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE SCHEMA bookings;
GRANT USAGE ON SCHEMA bookings TO motel_app;

-- A frozen price. It takes no capacity.
CREATE TABLE bookings.quotes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    unit_group_id uuid NOT NULL,
    arrival date NOT NULL,
    departure date NOT NULL,
    adults smallint NOT NULL CHECK (adults BETWEEN 1 AND 20),
    children smallint NOT NULL CHECK (children BETWEEN 0 AND 20),
    pets smallint NOT NULL CHECK (pets BETWEEN 0 AND 20),
    price jsonb NOT NULL,
    total_minor bigint NOT NULL CHECK (total_minor >= 0),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    FOREIGN KEY (tenant_id, unit_group_id) REFERENCES inventory.unit_groups (tenant_id, id),
    CHECK (arrival < departure)
);
SELECT motel_tenant_table('bookings.quotes', 'SELECT, INSERT');

CREATE TABLE bookings.bookings (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    quote_id uuid NOT NULL,
    guest_id uuid NOT NULL,
    -- Who booked, as they called themselves then; the guest's profile may change later.
    booker_name text NOT NULL CHECK (char_length(booker_name) BETWEEN 1 AND 120),
    booker_email text NOT NULL CHECK (char_length(booker_email) BETWEEN 3 AND 254),
    booker_phone text CHECK (char_length(booker_phone) BETWEEN 5 AND 20),
    code text NOT NULL CHECK (code ~ '^RM-[A-HJ-KM-NP-Z2-9]{6}$'),
    status text NOT NULL CHECK (status IN ('confirmed', 'cancelled')),
    source text NOT NULL CHECK (source IN ('web', 'api', 'chat', 'phone')),
    price jsonb NOT NULL,
    total_minor bigint NOT NULL CHECK (total_minor >= 0),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    free_until timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    cancelled_at timestamptz,
    cancellation_fee_minor bigint CHECK (cancellation_fee_minor BETWEEN 0 AND total_minor),
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code),
    UNIQUE (tenant_id, quote_id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    FOREIGN KEY (tenant_id, quote_id) REFERENCES bookings.quotes (tenant_id, id),
    FOREIGN KEY (tenant_id, guest_id) REFERENCES guests.guests (tenant_id, id),
    CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL)),
    CHECK ((status = 'cancelled') = (cancellation_fee_minor IS NOT NULL))
);
CREATE INDEX bookings_by_time ON bookings.bookings (tenant_id, created_at DESC);
CREATE INDEX bookings_by_guest ON bookings.bookings (tenant_id, guest_id);
SELECT motel_tenant_table('bookings.bookings', 'SELECT, INSERT, UPDATE');

-- One unit's stay. A reservation without a unit is sold by its group and waits for one.
CREATE TABLE bookings.reservations (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    booking_id uuid NOT NULL,
    unit_group_id uuid NOT NULL,
    unit_id uuid,
    arrival date NOT NULL,
    departure date NOT NULL,
    adults smallint NOT NULL CHECK (adults BETWEEN 1 AND 20),
    children smallint NOT NULL CHECK (children BETWEEN 0 AND 20),
    pets smallint NOT NULL CHECK (pets BETWEEN 0 AND 20),
    status text NOT NULL CHECK (status IN ('confirmed', 'cancelled')),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings.bookings (tenant_id, id),
    FOREIGN KEY (tenant_id, unit_group_id) REFERENCES inventory.unit_groups (tenant_id, id),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES inventory.units (tenant_id, id),
    CHECK (arrival < departure),
    -- No unit is ever given to two stays on one night, whatever the code above thinks.
    CONSTRAINT reservations_one_stay_per_unit EXCLUDE USING gist (
        tenant_id WITH =, unit_id WITH =, daterange(arrival, departure) WITH &&
    ) WHERE (status = 'confirmed' AND unit_id IS NOT NULL)
);
CREATE INDEX reservations_by_booking ON bookings.reservations (tenant_id, booking_id);
CREATE INDEX reservations_by_arrival ON bookings.reservations (tenant_id, arrival, departure);
SELECT motel_tenant_table('bookings.reservations', 'SELECT, INSERT, UPDATE');

-- What was answered to a request that carried an Idempotency-Key.
CREATE TABLE bookings.idempotency_keys (
    tenant_id uuid NOT NULL,
    key text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
    request_digest text NOT NULL CHECK (char_length(request_digest) = 64),
    booking_id uuid,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, key),
    FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings.bookings (tenant_id, id)
);
SELECT motel_tenant_table('bookings.idempotency_keys', 'SELECT, INSERT, UPDATE');
