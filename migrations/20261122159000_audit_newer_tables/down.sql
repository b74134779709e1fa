DO $$
DECLARE
    target text;
BEGIN
    FOREACH target IN ARRAY '{tenancy.roles,tenancy.member_properties,tenancy.support_accesses,tenancy.support_visits,tenancy.passkey_holders,concierge.models}'::text[] LOOP
        IF to_regclass(target) IS NOT NULL THEN
            EXECUTE format('DROP TRIGGER IF EXISTS audit_row ON %s', target);
        END IF;
    END LOOP;
END
$$;
