-- What guests are offered besides what they asked for: rules as data, and what became of each offer.
CREATE SCHEMA upsells;
GRANT USAGE ON SCHEMA upsells TO motel_app;

CREATE TABLE upsells.rules (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    enabled boolean NOT NULL,
    -- Rules are looked at from the lowest on; the first that fits is said.
    position integer NOT NULL CHECK (position >= 0),
    trigger text NOT NULL CHECK (trigger IN ('rooms_offered', 'read_back', 'booked', 'looked_up', 'asked_about')),
    -- What was asked about, for that trigger and no other.
    topic text CHECK (char_length(topic) BETWEEN 1 AND 40),
    nights_from smallint CHECK (nights_from BETWEEN 1 AND 366),
    nights_to smallint CHECK (nights_to BETWEEN 1 AND 366),
    ahead_from smallint CHECK (ahead_from BETWEEN 0 AND 1000),
    ahead_to smallint CHECK (ahead_to BETWEEN 0 AND 1000),
    -- Days of arrival, Monday in the lowest bit; any where there is none.
    weekdays smallint CHECK (weekdays BETWEEN 1 AND 127),
    adults_from smallint CHECK (adults_from BETWEEN 1 AND 99),
    adults_to smallint CHECK (adults_to BETWEEN 1 AND 99),
    children boolean,
    pets boolean,
    room_types text[] NOT NULL CHECK (cardinality(room_types) <= 50),
    season text CHECK (char_length(season) BETWEEN 1 AND 40),
    channels text[] NOT NULL CHECK (cardinality(channels) <= 10),
    -- The dates, at the property, on which it is said.
    said_from date,
    said_until date,
    -- Either a package or another room type, by code.
    package text CHECK (char_length(package) BETWEEN 1 AND 40),
    room_type text CHECK (char_length(room_type) BETWEEN 1 AND 40),
    words text NOT NULL CHECK (char_length(words) BETWEEN 1 AND 300),
    version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    CHECK ((topic IS NOT NULL) = (trigger = 'asked_about')),
    CHECK ((package IS NULL) <> (room_type IS NULL)),
    CHECK (nights_from <= nights_to),
    CHECK (ahead_from <= ahead_to),
    CHECK (adults_from <= adults_to),
    CHECK (said_from < said_until)
);
CREATE INDEX rules_in_order ON upsells.rules (tenant_id, property_id, position, id);
SELECT motel_tenant_table('upsells.rules');

-- An offer that a guest read or heard.
CREATE TABLE upsells.showings (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    -- The date at the property, by which take-up is counted.
    shown_on date NOT NULL,
    shown_at timestamptz NOT NULL,
    extra_minor bigint NOT NULL CHECK (extra_minor > 0),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    outcome text NOT NULL DEFAULT 'shown' CHECK (outcome IN ('shown', 'taken', 'declined')),
    answered_at timestamptz,
    -- The booking it became part of.
    booking_id uuid,
    PRIMARY KEY (tenant_id, id),
    -- Once per conversation, whoever tries.
    CONSTRAINT showings_once UNIQUE (tenant_id, conversation_id, rule_id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    FOREIGN KEY (tenant_id, rule_id) REFERENCES upsells.rules (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations.conversations (tenant_id, id),
    FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings.bookings (tenant_id, id),
    CHECK ((answered_at IS NULL) = (outcome = 'shown')),
    CHECK (booking_id IS NULL OR outcome = 'taken')
);
CREATE INDEX showings_of_rule ON upsells.showings (tenant_id, rule_id, shown_on);
CREATE INDEX showings_of_property ON upsells.showings (tenant_id, property_id, shown_on);
CREATE INDEX showings_of_booking ON upsells.showings (tenant_id, booking_id) WHERE booking_id IS NOT NULL;
SELECT motel_tenant_table('upsells.showings');
