-- What a search is answered from tells when it changes, so that it can stay in memory until then.
SELECT motel_tell_changes('inventory.nightly_counters', 'nights');
SELECT motel_tell_changes('inventory.unit_groups', 'nights');
SELECT motel_tell_changes('inventory.units', 'nights');
SELECT motel_tell_changes('rates.cancellation_policies', 'offers');
SELECT motel_tell_changes('rates.rate_plans', 'offers');
SELECT motel_tell_changes('rates.base_prices', 'offers');
SELECT motel_tell_changes('rates.restrictions', 'offers');
SELECT motel_tell_changes('rates.seasons', 'offers');
SELECT motel_tell_changes('rates.promo_codes', 'offers');
SELECT motel_tell_changes('tenancy.properties', 'offers');

-- A test of a crate that needs no taxes has no tables for them.
DO $$
BEGIN
    IF to_regclass('taxes.taxes') IS NOT NULL THEN
        PERFORM motel_tell_changes('taxes.taxes', 'offers');
        PERFORM motel_tell_changes('taxes.fees', 'offers');
    END IF;
END
$$;
