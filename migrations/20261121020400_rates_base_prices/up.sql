-- Prices per unit group and night take the place of rates per unit, and a plan says more of itself.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

-- The owner reads and writes every tenant's rows here, also where it is no superuser.
ALTER TABLE rates.rate_plans NO FORCE ROW LEVEL SECURITY;
ALTER TABLE rates.rates NO FORCE ROW LEVEL SECURITY;
ALTER TABLE inventory.units NO FORCE ROW LEVEL SECURITY;

ALTER TABLE rates.rate_plans
    ADD COLUMN description text NOT NULL DEFAULT '' CHECK (char_length(description) <= 500),
    ADD COLUMN active boolean NOT NULL DEFAULT true,
    ADD COLUMN sort smallint NOT NULL DEFAULT 0,
    -- A derived plan's price: a share is added to its parent's, then an amount.
    ADD COLUMN derived_basis_points integer CHECK (derived_basis_points BETWEEN -10000 AND 100000),
    ADD COLUMN derived_amount_minor bigint CHECK (derived_amount_minor BETWEEN -100000000000 AND 100000000000),
    ADD COLUMN derived_of_total boolean,
    -- Basis points added by the day of the week, Monday first.
    ADD COLUMN weekday_changes integer[] NOT NULL DEFAULT '{0,0,0,0,0,0,0}'
        CHECK (cardinality(weekday_changes) = 7 AND array_position(weekday_changes, NULL) IS NULL
            AND -10000 <= ALL (weekday_changes) AND 100000 >= ALL (weekday_changes)),
    ADD COLUMN occupancy jsonb CHECK (jsonb_typeof(occupancy) = 'object' AND octet_length(occupancy::text) <= 4096),
    ADD COLUMN length_discounts jsonb NOT NULL DEFAULT '[]'
        CHECK (jsonb_typeof(length_discounts) = 'array' AND octet_length(length_discounts::text) <= 4096),
    ADD COLUMN inclusions text[] NOT NULL DEFAULT '{}' CHECK (cardinality(inclusions) <= 20),
    ADD COLUMN rounding_minor bigint NOT NULL DEFAULT 1 CHECK (rounding_minor BETWEEN 1 AND 1000000),
    ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE rates.rate_plans RENAME CONSTRAINT rate_plans_tenant_id_property_id_derived_from_fkey TO rate_plans_parent;

-- A value per night as spans of dates, each with a value for every day of the week or none. Spans of one calendar never
-- overlap, so a night has one price however often prices were edited.
CREATE TABLE rates.base_prices (
    tenant_id uuid NOT NULL,
    property_id uuid NOT NULL,
    rate_plan_id uuid NOT NULL,
    unit_group_id uuid NOT NULL,
    valid_from date NOT NULL,
    -- The first night no more.
    valid_until date NOT NULL,
    -- Minor units of the property's currency, Monday first. A night that costs nothing is a mistake, not an offer.
    amounts bigint[] NOT NULL CHECK (cardinality(amounts) = 7 AND 0 < ALL (array_remove(amounts, NULL))),
    PRIMARY KEY (tenant_id, rate_plan_id, unit_group_id, valid_from),
    CHECK (valid_from < valid_until),
    FOREIGN KEY (tenant_id, property_id, rate_plan_id)
        REFERENCES rates.rate_plans (tenant_id, property_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, unit_group_id) REFERENCES inventory.unit_groups (tenant_id, id),
    CONSTRAINT base_prices_one_per_night EXCLUDE USING gist (
        tenant_id WITH =, rate_plan_id WITH =, unit_group_id WITH =, daterange(valid_from, valid_until) WITH &&)
);
CREATE INDEX base_prices_by_property ON rates.base_prices (tenant_id, property_id);

CREATE TABLE rates.restrictions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    property_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('closed', 'closed_to_arrival', 'closed_to_departure', 'min_stay_arrival',
        'max_stay_arrival', 'min_stay_through', 'max_stay_through', 'min_advance', 'max_advance')),
    unit_group_id uuid,
    rate_plan_id uuid,
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    -- Monday first; 0 restricts nothing.
    amounts integer[] NOT NULL CHECK (cardinality(amounts) = 7
        AND 0 <= ALL (array_remove(amounts, NULL)) AND 1000 >= ALL (array_remove(amounts, NULL))),
    PRIMARY KEY (tenant_id, id),
    CHECK (valid_from < valid_until),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id),
    FOREIGN KEY (tenant_id, unit_group_id) REFERENCES inventory.unit_groups (tenant_id, id),
    FOREIGN KEY (tenant_id, property_id, rate_plan_id)
        REFERENCES rates.rate_plans (tenant_id, property_id, id) ON DELETE CASCADE,
    CONSTRAINT restrictions_one_per_night EXCLUDE USING gist (
        tenant_id WITH =, property_id WITH =, kind WITH =,
        coalesce(unit_group_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =,
        coalesce(rate_plan_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =,
        daterange(valid_from, valid_until) WITH &&)
);
CREATE INDEX restrictions_by_property ON rates.restrictions (tenant_id, property_id);

-- What stands: the lowest of a group's units was its price, on the weekdays of the plan.
CREATE FUNCTION rates.on_weekdays(mask smallint, amount bigint) RETURNS bigint[] LANGUAGE sql IMMUTABLE
    RETURN (SELECT array_agg(CASE WHEN mask & (1 << day) <> 0 THEN amount END ORDER BY day) FROM generate_series(0, 6) day);

CREATE TEMPORARY TABLE standing ON COMMIT DROP AS
SELECT r.tenant_id, r.property_id, r.rate_plan_id, u.unit_group_id, p.code, p.nights, p.derived_from,
    p.multiplier_basis_points - 10000 AS change, min(r.amount_minor) AS amount,
    min(r.valid_from) AS valid_from, max(r.valid_until) AS valid_until,
    min(r.min_nights) AS min_nights, max(r.max_nights) AS max_nights
FROM rates.rates r
JOIN rates.rate_plans p ON (p.tenant_id, p.id) = (r.tenant_id, r.rate_plan_id)
JOIN inventory.units u ON (u.tenant_id, u.id) = (r.tenant_id, r.unit_id)
GROUP BY r.tenant_id, r.property_id, r.rate_plan_id, u.unit_group_id, p.code, p.nights, p.derived_from, p.multiplier_basis_points;

INSERT INTO rates.base_prices (tenant_id, property_id, rate_plan_id, unit_group_id, valid_from, valid_until, amounts)
SELECT tenant_id, property_id, rate_plan_id, unit_group_id, valid_from, valid_until, rates.on_weekdays(nights, amount)
FROM standing WHERE derived_from IS NULL;

INSERT INTO rates.restrictions (tenant_id, property_id, kind, unit_group_id, rate_plan_id, valid_from, valid_until, amounts)
SELECT s.tenant_id, s.property_id, bound.kind, s.unit_group_id, s.rate_plan_id, s.valid_from, s.valid_until,
    rates.on_weekdays(127::smallint, bound.value)::integer[]
FROM standing s
CROSS JOIN LATERAL (VALUES ('min_stay_through', s.min_nights::bigint), ('max_stay_through', s.max_nights::bigint)) AS bound (kind, value)
WHERE bound.kind = 'max_stay_through' OR bound.value > 1;

-- A derived plan for weekdays its parent leaves out was the parent's own weekend price: it becomes the parent's
-- weekday pattern. The base price of those days is that of the others.
CREATE TEMPORARY TABLE merged ON COMMIT DROP AS
SELECT c.tenant_id, c.id, c.derived_from AS parent, c.nights, c.multiplier_basis_points - 10000 AS change
FROM rates.rate_plans c
JOIN rates.rate_plans p ON (p.tenant_id, p.id) = (c.tenant_id, c.derived_from)
WHERE c.nights & p.nights = 0 AND p.derived_from IS NULL
    AND NOT EXISTS (SELECT FROM rates.rate_plans g WHERE (g.tenant_id, g.derived_from) = (c.tenant_id, c.id))
    AND NOT EXISTS (SELECT FROM rates.rate_plans o
        WHERE (o.tenant_id, o.derived_from) = (c.tenant_id, c.derived_from) AND o.id < c.id AND o.nights & c.nights <> 0);

UPDATE rates.rate_plans p SET weekday_changes = (
    SELECT array_agg(coalesce((SELECT m.change FROM merged m
        WHERE (m.tenant_id, m.parent) = (p.tenant_id, p.id) AND m.nights & (1 << day) <> 0), 0) ORDER BY day)
    FROM generate_series(0, 6) day)
WHERE EXISTS (SELECT FROM merged m WHERE (m.tenant_id, m.parent) = (p.tenant_id, p.id));

UPDATE rates.base_prices b SET amounts = rates.on_weekdays(
    (SELECT s.nights | (SELECT bit_or(m.nights) FROM merged m WHERE (m.tenant_id, m.parent) = (b.tenant_id, b.rate_plan_id))),
    s.amount)
FROM standing s
WHERE (s.tenant_id, s.rate_plan_id, s.unit_group_id) = (b.tenant_id, b.rate_plan_id, b.unit_group_id)
    AND EXISTS (SELECT FROM merged m WHERE (m.tenant_id, m.parent) = (b.tenant_id, b.rate_plan_id));

-- Any other derived plan stays one; the weekdays it did not price are closed.
INSERT INTO rates.restrictions (tenant_id, property_id, kind, unit_group_id, rate_plan_id, valid_from, valid_until, amounts)
SELECT s.tenant_id, s.property_id, 'closed', s.unit_group_id, s.rate_plan_id, s.valid_from, s.valid_until,
    rates.on_weekdays((127 & ~s.nights)::smallint, 1)::integer[]
FROM standing s
WHERE s.derived_from IS NOT NULL AND s.nights <> 127
    AND NOT EXISTS (SELECT FROM merged m WHERE (m.tenant_id, m.id) = (s.tenant_id, s.rate_plan_id));

UPDATE rates.rate_plans SET
    derived_basis_points = multiplier_basis_points - 10000, derived_amount_minor = 0, derived_of_total = false
WHERE derived_from IS NOT NULL;

DROP TABLE rates.rates;
DELETE FROM rates.rate_plans p USING merged m WHERE (m.tenant_id, m.id) = (p.tenant_id, p.id);
DROP FUNCTION rates.on_weekdays;

ALTER TABLE rates.rate_plans
    DROP COLUMN nights,
    DROP COLUMN multiplier_basis_points,
    ADD CONSTRAINT rate_plans_derivation_is_whole CHECK (
        (derived_from IS NULL) = (derived_basis_points IS NULL)
        AND (derived_from IS NULL) = (derived_amount_minor IS NULL)
        AND (derived_from IS NULL) = (derived_of_total IS NULL));

SELECT motel_tenant_table('rates.base_prices');
SELECT motel_tenant_table('rates.restrictions');
ALTER TABLE rates.rate_plans FORCE ROW LEVEL SECURITY;
ALTER TABLE inventory.units FORCE ROW LEVEL SECURITY;
