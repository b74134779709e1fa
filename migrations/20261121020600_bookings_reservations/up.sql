-- A booking holds one or more reservations, each with its own price, terms and state. What stood until now becomes the
-- one reservation of its booking.

-- The owner reads and writes every tenant's rows here, also where it is no superuser.
ALTER TABLE bookings.bookings NO FORCE ROW LEVEL SECURITY;
ALTER TABLE bookings.reservations NO FORCE ROW LEVEL SECURITY;
ALTER TABLE bookings.quotes NO FORCE ROW LEVEL SECURITY;
ALTER TABLE tenancy.properties NO FORCE ROW LEVEL SECURITY;
ALTER TABLE inventory.unit_groups NO FORCE ROW LEVEL SECURITY;

-- What a late fee of the policies of today comes to for a price.
CREATE FUNCTION bookings.backfilled_fee(kind text, price jsonb, total bigint, points integer, included boolean)
    RETURNS bigint LANGUAGE sql IMMUTABLE
    RETURN least(total, CASE coalesce(kind, 'none')
        WHEN 'first_night' THEN (price #>> '{nights,0,price,amount_minor}')::bigint + CASE WHEN included THEN 0
            ELSE ((price #>> '{nights,0,price,amount_minor}')::bigint * points + 5000) / 10000 END
        WHEN 'half_of_total' THEN (total + 1) / 2
        ELSE 0 END);

CREATE FUNCTION bookings.backfilled_terms(
    policy jsonb, price jsonb, total bigint, money text, points integer, included boolean,
    check_in time, check_out time, free_until timestamptz
) RETURNS jsonb LANGUAGE sql STABLE
    RETURN jsonb_build_object(
        'check_in', check_in::text,
        'check_out', check_out::text,
        'cancellation', jsonb_build_array(jsonb_build_object(
            'from', to_char(free_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
            'fee', jsonb_build_object('currency', money, 'amount_minor',
                bookings.backfilled_fee(policy ->> 'late_fee', price, total, points, included)))),
        'no_show_fee', jsonb_build_object('currency', money, 'amount_minor',
            bookings.backfilled_fee(coalesce(policy ->> 'no_show_fee', policy ->> 'late_fee'), price, total, points, included)));

ALTER TABLE bookings.reservations
    ADD COLUMN property_id uuid,
    ADD COLUMN ordinal smallint NOT NULL DEFAULT 1 CHECK (ordinal BETWEEN 1 AND 999),
    ADD COLUMN pinned boolean NOT NULL DEFAULT false,
    ADD COLUMN child_ages smallint[] NOT NULL DEFAULT '{}' CHECK (cardinality(child_ages) <= 20),
    ADD COLUMN rate_plan text CHECK (char_length(rate_plan) BETWEEN 1 AND 64),
    ADD COLUMN promo text CHECK (char_length(promo) BETWEEN 1 AND 64),
    ADD COLUMN price jsonb,
    ADD COLUMN total_minor bigint CHECK (total_minor >= 0),
    ADD COLUMN currency text CHECK (char_length(currency) = 3),
    ADD COLUMN terms jsonb,
    ADD COLUMN hold_expires_at timestamptz,
    ADD COLUMN checked_in_at timestamptz,
    ADD COLUMN checked_out_at timestamptz,
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN fee_minor bigint CHECK (fee_minor BETWEEN 0 AND total_minor),
    ADD COLUMN created_at timestamptz,
    ADD COLUMN updated_at timestamptz,
    ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1);

UPDATE bookings.reservations r SET
    property_id = b.property_id,
    rate_plan = b.price #>> '{nights,0,rate_plan}',
    price = b.price,
    total_minor = b.total_minor,
    currency = b.currency,
    terms = bookings.backfilled_terms(p.policies -> 'cancellation', b.price, b.total_minor, b.currency,
        p.tax_basis_points, p.tax_included, p.check_in, p.check_out, b.free_until),
    ended_at = b.cancelled_at,
    fee_minor = b.cancellation_fee_minor,
    created_at = b.created_at,
    updated_at = coalesce(b.cancelled_at, b.created_at),
    version = CASE r.status WHEN 'cancelled' THEN 2 ELSE 1 END
FROM bookings.bookings b
JOIN tenancy.properties p ON p.tenant_id = b.tenant_id AND p.id = b.property_id
WHERE b.tenant_id = r.tenant_id AND b.id = r.booking_id;

ALTER TABLE bookings.reservations
    ALTER COLUMN property_id SET NOT NULL,
    ALTER COLUMN rate_plan SET NOT NULL,
    ALTER COLUMN price SET NOT NULL,
    ALTER COLUMN total_minor SET NOT NULL,
    ALTER COLUMN currency SET NOT NULL,
    ALTER COLUMN terms SET NOT NULL,
    ALTER COLUMN created_at SET NOT NULL,
    ALTER COLUMN updated_at SET NOT NULL,
    ALTER COLUMN ordinal DROP DEFAULT,
    DROP CONSTRAINT reservations_status_check,
    DROP CONSTRAINT reservations_one_stay_per_unit,
    ADD CONSTRAINT reservations_status_check CHECK (status IN
        ('held', 'confirmed', 'in_house', 'checked_out', 'cancelled', 'no_show', 'expired')),
    ADD CONSTRAINT reservations_hold_has_end CHECK (status NOT IN ('held', 'expired') OR hold_expires_at IS NOT NULL),
    ADD CONSTRAINT reservations_fee_when_ended CHECK (
        (status IN ('cancelled', 'no_show')) = (fee_minor IS NOT NULL)
        AND (status IN ('cancelled', 'no_show')) = (ended_at IS NOT NULL)),
    ADD CONSTRAINT reservations_in_house_has_unit CHECK (status <> 'in_house' OR unit_id IS NOT NULL),
    ADD CONSTRAINT reservations_tenant_id_booking_id_ordinal_key UNIQUE (tenant_id, booking_id, ordinal),
    ADD FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    -- No unit is ever given to two stays on one night, whatever the code above thinks.
    ADD CONSTRAINT reservations_one_stay_per_unit EXCLUDE USING gist (
        tenant_id WITH =, unit_id WITH =, daterange(arrival, departure) WITH &&
    ) WHERE (status IN ('held', 'confirmed', 'in_house', 'checked_out') AND unit_id IS NOT NULL);
DROP INDEX bookings.reservations_by_booking;
CREATE INDEX reservations_holds ON bookings.reservations (tenant_id, property_id, hold_expires_at) WHERE status = 'held';
-- Which businesses have holds that may be over is asked across tenants; nothing else is.
SELECT motel_platform_access('bookings.reservations', 'SELECT (tenant_id, property_id, status)');

ALTER TABLE bookings.quotes ADD COLUMN stays jsonb;
UPDATE bookings.quotes q SET stays = jsonb_build_array(jsonb_build_object(
    'request', jsonb_build_object(
        'dates', jsonb_build_object('check_in', q.arrival, 'check_out', q.departure),
        'party', jsonb_build_object('adults', q.adults, 'children', q.children, 'pets', q.pets),
        'unit_group', g.code),
    'unit_group', q.unit_group_id,
    'rate_plan', q.price #>> '{nights,0,rate_plan}',
    'price', q.price,
    'terms', bookings.backfilled_terms(p.policies -> 'cancellation', q.price, q.total_minor, q.currency,
        p.tax_basis_points, p.tax_included, p.check_in, p.check_out,
        (q.arrival + p.check_in) AT TIME ZONE p.timezone
            - make_interval(hours => coalesce((p.policies #>> '{cancellation,free_until_hours}')::integer, 0)))))
FROM tenancy.properties p, inventory.unit_groups g
WHERE p.tenant_id = q.tenant_id AND p.id = q.property_id AND g.tenant_id = q.tenant_id AND g.id = q.unit_group_id;
ALTER TABLE bookings.quotes
    ALTER COLUMN stays SET NOT NULL,
    ADD CONSTRAINT quotes_stays_check CHECK (jsonb_typeof(stays) = 'array' AND jsonb_array_length(stays) BETWEEN 1 AND 20),
    DROP COLUMN unit_group_id,
    DROP COLUMN arrival,
    DROP COLUMN departure,
    DROP COLUMN adults,
    DROP COLUMN children,
    DROP COLUMN pets,
    DROP COLUMN price;

-- What happened to a reservation, in order: number n brought it to version n.
CREATE TABLE bookings.reservation_events (
    tenant_id uuid NOT NULL,
    reservation_id uuid NOT NULL,
    seq integer NOT NULL CHECK (seq >= 1),
    booking_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('booked', 'held', 'added', 'confirmed', 'modified', 'extended', 'shortened', 'split',
        'unit_assigned', 'unit_moved', 'pinned', 'unpinned', 'checked_in', 'checked_out', 'cancelled', 'no_show', 'expired',
        'reinstated', 'undone')),
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 60),
    reason text CHECK (char_length(reason) BETWEEN 1 AND 500),
    at timestamptz NOT NULL,
    business_date date NOT NULL,
    change jsonb NOT NULL CHECK (jsonb_typeof(change) = 'object'),
    PRIMARY KEY (tenant_id, reservation_id, seq),
    FOREIGN KEY (tenant_id, reservation_id) REFERENCES bookings.reservations (tenant_id, id),
    FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings.bookings (tenant_id, id)
);

INSERT INTO bookings.reservation_events (tenant_id, reservation_id, seq, booking_id, kind, actor, at, business_date, change)
SELECT r.tenant_id, r.id, 1, b.id, 'booked', CASE WHEN b.source IN ('chat', 'phone') THEN 'concierge' ELSE 'guest' END,
    b.created_at, (b.created_at AT TIME ZONE p.timezone)::date, '{}'
FROM bookings.reservations r
JOIN bookings.bookings b ON b.tenant_id = r.tenant_id AND b.id = r.booking_id
JOIN tenancy.properties p ON p.tenant_id = b.tenant_id AND p.id = b.property_id;
INSERT INTO bookings.reservation_events (tenant_id, reservation_id, seq, booking_id, kind, actor, at, business_date, change)
SELECT r.tenant_id, r.id, 2, b.id, 'cancelled', 'guest', b.cancelled_at, (b.cancelled_at AT TIME ZONE p.timezone)::date, '{}'
FROM bookings.reservations r
JOIN bookings.bookings b ON b.tenant_id = r.tenant_id AND b.id = r.booking_id
JOIN tenancy.properties p ON p.tenant_id = b.tenant_id AND p.id = b.property_id
WHERE r.status = 'cancelled';
SELECT motel_tenant_table('bookings.reservation_events', 'SELECT, INSERT');

ALTER TABLE bookings.bookings ADD COLUMN updated_at timestamptz;
UPDATE bookings.bookings SET updated_at = coalesce(cancelled_at, created_at);
ALTER TABLE bookings.bookings
    ALTER COLUMN updated_at SET NOT NULL,
    ALTER COLUMN quote_id DROP NOT NULL,
    DROP CONSTRAINT bookings_source_check,
    ADD CONSTRAINT bookings_source_check CHECK (source IN ('web', 'api', 'chat', 'phone', 'desk')),
    DROP COLUMN status,
    DROP COLUMN price,
    DROP COLUMN total_minor,
    DROP COLUMN currency,
    DROP COLUMN free_until,
    DROP COLUMN cancelled_at,
    DROP COLUMN cancellation_fee_minor;

-- The day a property works on. Without a row it is the day on the wall.
CREATE TABLE bookings.business_dates (
    tenant_id uuid NOT NULL,
    property_id uuid NOT NULL,
    date date NOT NULL,
    advanced_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, property_id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id)
);
SELECT motel_tenant_table('bookings.business_dates', 'SELECT, INSERT, UPDATE');

DROP FUNCTION bookings.backfilled_terms;
DROP FUNCTION bookings.backfilled_fee;

ALTER TABLE bookings.bookings FORCE ROW LEVEL SECURITY;
ALTER TABLE bookings.reservations FORCE ROW LEVEL SECURITY;
ALTER TABLE bookings.quotes FORCE ROW LEVEL SECURITY;
ALTER TABLE tenancy.properties FORCE ROW LEVEL SECURITY;
ALTER TABLE inventory.unit_groups FORCE ROW LEVEL SECURITY;
