-- The ledger behind the folios: every posting belongs to an entry whose lines, debits above nothing and credits below,
-- come to nothing. A booking may have several folios, and says which of them takes what.

-- The owner reads and writes every tenant's rows here, also where it is no superuser.
ALTER TABLE billing.folios NO FORCE ROW LEVEL SECURITY;
ALTER TABLE billing.postings NO FORCE ROW LEVEL SECURITY;
ALTER TABLE billing.payment_links NO FORCE ROW LEVEL SECURITY;
ALTER TABLE bookings.bookings NO FORCE ROW LEVEL SECURITY;
ALTER TABLE tenancy.properties NO FORCE ROW LEVEL SECURITY;

-- The first folio of a booking is its guests'. What a company owes stands in the city ledger.
ALTER TABLE billing.folios
    ADD COLUMN position smallint NOT NULL DEFAULT 1 CHECK (position BETWEEN 1 AND 20),
    ADD COLUMN kind text NOT NULL DEFAULT 'guest' CHECK (kind IN ('guest', 'company')),
    ADD COLUMN name text NOT NULL DEFAULT 'Guest' CHECK (char_length(name) BETWEEN 1 AND 100),
    ADD COLUMN closed_at timestamptz,
    DROP CONSTRAINT folios_tenant_id_booking_id_key,
    ADD CONSTRAINT folios_one_per_position UNIQUE (tenant_id, booking_id, position),
    ADD CONSTRAINT folios_of_a_booking UNIQUE (tenant_id, booking_id, id),
    ADD CONSTRAINT folios_first_is_the_guests CHECK (position > 1 OR kind = 'guest');
GRANT UPDATE (closed_at) ON billing.folios TO motel_app;

-- Which folio of a booking takes charges that are posted from now on.
CREATE TABLE billing.routing_rules (
    tenant_id uuid NOT NULL,
    booking_id uuid NOT NULL,
    charge text NOT NULL CHECK (charge IN ('room', 'fee', 'tax', 'penalty')),
    folio_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, booking_id, charge),
    FOREIGN KEY (tenant_id, booking_id, folio_id) REFERENCES billing.folios (tenant_id, booking_id, id)
);
SELECT motel_tenant_table('billing.routing_rules');

-- What happened, on which day of the property, on whose word and why.
CREATE TABLE billing.entries (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    business_date date NOT NULL,
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 100),
    reason text CHECK (char_length(reason) BETWEEN 1 AND 500),
    posted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id)
);
CREATE INDEX entries_by_day ON billing.entries (tenant_id, property_id, business_date);
SELECT motel_tenant_table('billing.entries', 'SELECT, INSERT');

CREATE TABLE billing.entry_lines (
    tenant_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    line smallint NOT NULL CHECK (line > 0),
    account text NOT NULL CHECK (account IN
        ('guest_ledger', 'city_ledger', 'deposits_held', 'revenue', 'taxes', 'payments', 'adjustments')),
    -- Which revenue, tax or way of paying.
    detail text NOT NULL CHECK (char_length(detail) <= 100),
    -- Of the accounts that are kept by folio.
    folio_id uuid,
    posting_id uuid NOT NULL,
    -- Above nothing: debit. Below: credit.
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    PRIMARY KEY (tenant_id, entry_id, line),
    FOREIGN KEY (tenant_id, entry_id) REFERENCES billing.entries (tenant_id, id),
    FOREIGN KEY (tenant_id, posting_id) REFERENCES billing.postings (tenant_id, id),
    FOREIGN KEY (tenant_id, folio_id, currency) REFERENCES billing.folios (tenant_id, id, currency),
    CHECK ((account IN ('guest_ledger', 'city_ledger', 'deposits_held')) = (folio_id IS NOT NULL)),
    CHECK ((account IN ('revenue', 'taxes', 'payments')) = (detail <> ''))
);
CREATE INDEX entry_lines_by_folio ON billing.entry_lines (tenant_id, folio_id) WHERE folio_id IS NOT NULL;
CREATE INDEX entry_lines_by_posting ON billing.entry_lines (tenant_id, posting_id);
SELECT motel_tenant_table('billing.entry_lines', 'SELECT, INSERT');

-- What was posted until now: an entry a line, on the day it was written.
ALTER TABLE billing.postings
    ADD COLUMN entry_id uuid,
    DROP CONSTRAINT postings_check1,
    ADD CONSTRAINT postings_amount_suits_kind CHECK (CASE kind
        WHEN 'charge' THEN amount_minor >= 0
        WHEN 'tax' THEN amount_minor >= 0
        WHEN 'fee' THEN amount_minor >= 0
        WHEN 'payment' THEN amount_minor < 0
        WHEN 'refund' THEN amount_minor > 0
        WHEN 'transfer' THEN amount_minor <> 0
        ELSE kind IN ('adjustment', 'reversal')
    END);

INSERT INTO billing.entries (tenant_id, id, property_id, business_date, actor, posted_at)
SELECT posting.tenant_id, posting.id, place.id, (posting.posted_at AT TIME ZONE place.timezone)::date, 'system', posting.posted_at
FROM billing.postings posting
JOIN billing.folios folio ON (folio.tenant_id, folio.id) = (posting.tenant_id, posting.folio_id)
JOIN bookings.bookings booking ON (booking.tenant_id, booking.id) = (folio.tenant_id, folio.booking_id)
JOIN tenancy.properties place ON (place.tenant_id, place.id) = (booking.tenant_id, booking.property_id);

UPDATE billing.postings SET entry_id = id;
ALTER TABLE billing.postings
    ALTER COLUMN entry_id SET NOT NULL,
    ADD FOREIGN KEY (tenant_id, entry_id) REFERENCES billing.entries (tenant_id, id);
CREATE INDEX postings_by_entry ON billing.postings (tenant_id, entry_id);

-- What a folio is owed stands in the guest ledger, what it holds beyond that among the deposits.
WITH running AS (
    SELECT *, sum(amount_minor) OVER (PARTITION BY tenant_id, folio_id ORDER BY posted_at, id)::bigint AS after
    FROM billing.postings
)
INSERT INTO billing.entry_lines (tenant_id, entry_id, line, account, detail, folio_id, posting_id, amount_minor, currency)
SELECT tenant_id, id, side.line, side.account, '', folio_id, id, side.amount, currency
FROM running, LATERAL (VALUES
    (1, 'guest_ledger', greatest(after, 0) - greatest(after - amount_minor, 0)),
    (2, 'deposits_held', least(after, 0) - least(after - amount_minor, 0))
) AS side (line, account, amount)
WHERE side.amount <> 0 OR (side.line = 1 AND amount_minor = 0);

INSERT INTO billing.entry_lines (tenant_id, entry_id, line, account, detail, folio_id, posting_id, amount_minor, currency)
SELECT posting.tenant_id, posting.id, 3, counter.account, counter.detail, NULL, posting.id, -posting.amount_minor, posting.currency
FROM billing.postings posting
JOIN billing.postings meant
    ON (meant.tenant_id, meant.id) = (posting.tenant_id, coalesce(posting.reverses_id, posting.id)),
LATERAL (SELECT
    CASE
        WHEN meant.kind IN ('payment', 'refund') THEN 'payments'
        WHEN meant.source LIKE 'tax%' OR meant.kind = 'tax' THEN 'taxes'
        WHEN meant.source ~ '^(room|fee):' OR meant.kind IN ('charge', 'fee') THEN 'revenue'
        ELSE 'adjustments'
    END AS account,
    CASE
        WHEN meant.kind IN ('payment', 'refund') THEN coalesce(
            (SELECT link.gateway FROM billing.payment_links link
             WHERE link.tenant_id = meant.tenant_id AND link.folio_id = meant.folio_id
               AND 'payment:' || link.gateway_reference = meant.source
             LIMIT 1),
            CASE WHEN meant.description LIKE 'Payment by %' THEN left(substr(meant.description, 12), 100) END,
            'other')
        WHEN meant.source ~ '^tax:[^:]*:[^:]*:' THEN left(regexp_replace(meant.source, '^tax:[^:]*:[^:]*:(.*?)(#[0-9]+)?$', '\1'), 100)
        WHEN meant.source LIKE 'tax%' OR meant.kind = 'tax' THEN 'tax'
        WHEN meant.source LIKE 'room:%' THEN 'room'
        WHEN meant.source ~ '^fee:[^:]*:[^:]*:' THEN left(regexp_replace(meant.source, '^fee:[^:]*:[^:]*:(.*?)(#[0-9]+)?$', 'fee:\1'), 100)
        WHEN meant.source LIKE 'cancellation-fee%' THEN 'cancellation'
        WHEN meant.source LIKE 'no-show-fee%' THEN 'no_show'
        WHEN meant.source = 'pets' THEN 'fee:pets'
        WHEN meant.kind = 'fee' THEN 'fee:other'
        WHEN meant.kind = 'charge' THEN 'extra:other'
        ELSE ''
    END AS detail
) AS counter;

-- Refuses an entry that is not even, or that says something else than its postings.
CREATE FUNCTION billing.refuse_uneven(tenant uuid, entry uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    lines bigint;
    currencies bigint;
    total numeric;
BEGIN
    SELECT count(*), count(DISTINCT currency), sum(amount_minor) INTO lines, currencies, total
    FROM billing.entry_lines WHERE tenant_id = tenant AND entry_id = entry;
    IF lines < 2 OR currencies <> 1 OR total <> 0 THEN
        RAISE EXCEPTION 'an entry has two or more lines of one currency that come to nothing (% of % come to %)', lines, currencies, total
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_are_even';
    END IF;
    IF EXISTS (
        SELECT FROM billing.entry_lines line
        JOIN billing.postings posting ON (posting.tenant_id, posting.id) = (line.tenant_id, line.posting_id)
        WHERE line.tenant_id = tenant AND line.entry_id = entry
          AND (posting.entry_id <> entry OR line.folio_id <> posting.folio_id)
    ) OR EXISTS (
        SELECT FROM billing.postings posting
        WHERE posting.tenant_id = tenant AND posting.entry_id = entry AND posting.amount_minor <> (
            SELECT coalesce(sum(line.amount_minor), 0) FROM billing.entry_lines line
            WHERE line.tenant_id = tenant AND line.posting_id = posting.id AND line.folio_id IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'the lines of an entry say what its postings say'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'entries_agree_with_postings';
    END IF;
END
$$;

CREATE FUNCTION billing.check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM billing.refuse_uneven(NEW.tenant_id, NEW.id);
    RETURN NULL;
END
$$;
CREATE FUNCTION billing.check_entry_of() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM billing.refuse_uneven(NEW.tenant_id, NEW.entry_id);
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER check_entry AFTER INSERT ON billing.entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing.check_entry();
CREATE CONSTRAINT TRIGGER check_entry AFTER INSERT ON billing.entry_lines
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing.check_entry_of();
CREATE CONSTRAINT TRIGGER check_entry AFTER INSERT ON billing.postings
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION billing.check_entry_of();

-- Nobody changes what is written, whatever their role.
CREATE FUNCTION billing.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is in the ledger stays; take it back by a line of its own'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'ledger_is_append_only';
END
$$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON billing.entries
    FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON billing.entry_lines
    FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON billing.postings
    FOR EACH STATEMENT EXECUTE FUNCTION billing.refuse_change();

-- A closed folio takes nothing. Its row is held, so that nobody closes it meanwhile.
CREATE FUNCTION billing.check_folio_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed timestamptz;
BEGIN
    SELECT closed_at INTO closed FROM billing.folios WHERE tenant_id = NEW.tenant_id AND id = NEW.folio_id FOR SHARE;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'the folio is closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_on_open_folios';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER check_folio_is_open BEFORE INSERT ON billing.postings
    FOR EACH ROW EXECUTE FUNCTION billing.check_folio_is_open();

CREATE FUNCTION billing.check_closed_is_even() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT coalesce(sum(amount_minor), 0) FROM billing.entry_lines WHERE tenant_id = NEW.tenant_id AND folio_id = NEW.id) <> 0 THEN
        RAISE EXCEPTION 'a folio is closed when it is even'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'folios_close_even';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER check_closed_is_even BEFORE UPDATE OF closed_at ON billing.folios
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL) EXECUTE FUNCTION billing.check_closed_is_even();

-- What was moved to another folio is moved back, not taken back on one side.
CREATE OR REPLACE FUNCTION billing.check_reversal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM billing.postings original
        WHERE original.tenant_id = NEW.tenant_id AND original.id = NEW.reverses_id
          AND original.folio_id = NEW.folio_id AND original.kind NOT IN ('reversal', 'transfer')
          AND original.amount_minor = -NEW.amount_minor
    ) THEN
        RAISE EXCEPTION 'a reversal takes back exactly one line of the same folio, and not a reversal'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'postings_reversal_is_exact';
    END IF;
    RETURN NEW;
END
$$;

ALTER TABLE billing.folios FORCE ROW LEVEL SECURITY;
ALTER TABLE billing.postings FORCE ROW LEVEL SECURITY;
ALTER TABLE billing.payment_links FORCE ROW LEVEL SECURITY;
ALTER TABLE bookings.bookings FORCE ROW LEVEL SECURITY;
ALTER TABLE tenancy.properties FORCE ROW LEVEL SECURITY;
