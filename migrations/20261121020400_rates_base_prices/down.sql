-- Back to rates per unit. Prices by dates, seasons of the week and restrictions do not fit into them: every plan keeps the
-- nights it has prices for, each unit the highest of them.
ALTER TABLE rates.rate_plans NO FORCE ROW LEVEL SECURITY;
ALTER TABLE inventory.units NO FORCE ROW LEVEL SECURITY;
ALTER TABLE rates.base_prices NO FORCE ROW LEVEL SECURITY;

CREATE TABLE rates.rates (
    tenant_id uuid NOT NULL,
    property_id uuid NOT NULL,
    rate_plan_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    min_nights integer NOT NULL CHECK (min_nights >= 1),
    max_nights integer NOT NULL CHECK (max_nights BETWEEN min_nights AND 365),
    PRIMARY KEY (tenant_id, rate_plan_id, unit_id),
    CHECK (valid_from < valid_until),
    FOREIGN KEY (tenant_id, property_id, rate_plan_id) REFERENCES rates.rate_plans (tenant_id, property_id, id),
    FOREIGN KEY (tenant_id, unit_id) REFERENCES inventory.units (tenant_id, id)
);
CREATE INDEX rates_by_property ON rates.rates (tenant_id, property_id);

ALTER TABLE tenancy.properties NO FORCE ROW LEVEL SECURITY;
INSERT INTO rates.rates
SELECT b.tenant_id, b.property_id, b.rate_plan_id, u.id,
    max((SELECT max(amount) FROM unnest(b.amounts) amount)), max(p.currency), min(b.valid_from), max(b.valid_until), 1, 365
FROM rates.base_prices b
JOIN inventory.units u ON (u.tenant_id, u.unit_group_id) = (b.tenant_id, b.unit_group_id)
JOIN tenancy.properties p ON (p.tenant_id, p.id) = (b.tenant_id, b.property_id)
GROUP BY b.tenant_id, b.property_id, b.rate_plan_id, u.id;
ALTER TABLE tenancy.properties FORCE ROW LEVEL SECURITY;
SELECT motel_tenant_table('rates.rates');

DROP TABLE rates.restrictions;
DROP TABLE rates.base_prices;
ALTER TABLE rates.rate_plans
    DROP CONSTRAINT rate_plans_derivation_is_whole,
    ADD COLUMN nights smallint NOT NULL DEFAULT 127 CHECK (nights BETWEEN 1 AND 127),
    ADD COLUMN multiplier_basis_points integer CHECK (multiplier_basis_points BETWEEN 1 AND 100000);
UPDATE rates.rate_plans SET multiplier_basis_points = greatest(1, least(100000, 10000 + derived_basis_points))
WHERE derived_from IS NOT NULL;
ALTER TABLE rates.rate_plans
    ALTER COLUMN nights DROP DEFAULT,
    DROP COLUMN description,
    DROP COLUMN active,
    DROP COLUMN sort,
    DROP COLUMN derived_basis_points,
    DROP COLUMN derived_amount_minor,
    DROP COLUMN derived_of_total,
    DROP COLUMN weekday_changes,
    DROP COLUMN occupancy,
    DROP COLUMN length_discounts,
    DROP COLUMN inclusions,
    DROP COLUMN rounding_minor,
    DROP COLUMN version,
    DROP COLUMN updated_at,
    ADD CHECK ((derived_from IS NULL) = (multiplier_basis_points IS NULL));
ALTER TABLE rates.rate_plans RENAME CONSTRAINT rate_plans_parent TO rate_plans_tenant_id_property_id_derived_from_fkey;
ALTER TABLE rates.rate_plans FORCE ROW LEVEL SECURITY;
ALTER TABLE inventory.units FORCE ROW LEVEL SECURITY;
