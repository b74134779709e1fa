DO $$
BEGIN
    IF to_regclass('taxes.taxes') IS NOT NULL THEN
        DROP TRIGGER tell_offers ON taxes.fees;
        DROP TRIGGER tell_offers ON taxes.taxes;
    END IF;
END
$$;
DROP TRIGGER tell_offers ON tenancy.properties;
DROP TRIGGER tell_offers ON rates.promo_codes;
DROP TRIGGER tell_offers ON rates.seasons;
DROP TRIGGER tell_offers ON rates.restrictions;
DROP TRIGGER tell_offers ON rates.base_prices;
DROP TRIGGER tell_offers ON rates.rate_plans;
DROP TRIGGER tell_offers ON rates.cancellation_policies;
DROP TRIGGER tell_nights ON inventory.units;
DROP TRIGGER tell_nights ON inventory.unit_groups;
DROP TRIGGER tell_nights ON inventory.nightly_counters;
