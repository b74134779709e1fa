-- Whoever keeps rows in memory hears on the channel motel_changes that they are not true any more: `<topic> <tenant>`, once
-- per transaction and topic, when it commits. Work without a tenant (a repair by hand, founding one) says `*`: every tenant.
CREATE FUNCTION motel_tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('motel_changes', TG_ARGV[0] || ' ' || coalesce(motel_current_tenant()::text, '*'));
    RETURN NULL;
END
$$;

-- Has every change of a table told under a topic; a table may have several.
CREATE FUNCTION motel_tell_changes(target regclass, topic text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s '
        'FOR EACH STATEMENT EXECUTE FUNCTION motel_tell_change(%L)', 'tell_' || topic, target, topic);
END
$$;
