-- Who changed what, from what to what, in which request. Rows are written by triggers in the transaction of the change itself, and
-- chained by hash afterwards, so that nobody waits for anybody.
CREATE SCHEMA audit;
GRANT USAGE ON SCHEMA audit TO motel_app, motel_platform;

-- It points at the tenant alone, so that nothing is noted of one that is being purged: what it tells of may be gone.
CREATE TABLE audit.entries (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- `staff:<id>`, `api_key:<id>`, `guest`, `concierge`, `operator`, `system` or `system:<job>`; `database:<login>` for who came past
    -- this program.
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 100),
    request uuid,
    -- From where staff and programs came; of guests it is not noted.
    address text CHECK (char_length(address) <= 45),
    -- `rates.seasons`, and its key without the tenant.
    thing text NOT NULL CHECK (char_length(thing) BETWEEN 1 AND 130),
    row_key text NOT NULL CHECK (char_length(row_key) <= 300),
    action text NOT NULL CHECK (action IN ('insert', 'update', 'delete', 'cut')),
    -- Of a change only the columns that changed; of columns that hold secrets or personal data only that they did.
    was jsonb CHECK ((was IS NULL) = (action IN ('insert', 'cut'))),
    becomes jsonb CHECK ((becomes IS NULL) = (action = 'delete')),
    -- Its place in the tenant's chain, and the hash of the chain up to it; null until it is chained.
    seq bigint CHECK (seq > 0),
    hash bytea CHECK (octet_length(hash) = 32),
    CHECK ((seq IS NULL) = (hash IS NULL)),
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX entries_in_the_chain ON audit.entries (tenant_id, seq) WHERE seq IS NOT NULL;
CREATE INDEX entries_to_chain ON audit.entries (tenant_id, id) WHERE seq IS NULL;
CREATE INDEX entries_of_thing ON audit.entries (tenant_id, thing, row_key, id);
CREATE INDEX entries_of_request ON audit.entries (tenant_id, request) WHERE request IS NOT NULL;

-- How far each tenant's chain goes, so that a missing end shows; and where it begins once its head was cut.
CREATE TABLE audit.heads (
    tenant_id uuid PRIMARY KEY,
    seq bigint NOT NULL CHECK (seq >= 0),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    cut_seq bigint NOT NULL DEFAULT 0 CHECK (cut_seq BETWEEN 0 AND seq),
    cut_hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (octet_length(cut_hash) = 32)
);

-- For how many days entries are kept, where a business has said so itself.
CREATE TABLE audit.retention (
    tenant_id uuid PRIMARY KEY REFERENCES tenancy.tenants (tenant_id),
    days integer NOT NULL CHECK (days BETWEEN 90 AND 3650),
    changed_at timestamptz NOT NULL
);

SELECT motel_tenant_table('audit.entries', 'SELECT, INSERT (tenant_id, actor, request, address, thing, row_key, action, was, becomes)');
SELECT motel_tenant_table('audit.heads', 'SELECT');
SELECT motel_tenant_table('audit.retention', 'SELECT, INSERT, UPDATE (days, changed_at)');
SELECT motel_platform_access('audit.entries',
    'SELECT, INSERT (tenant_id, actor, request, address, thing, row_key, action, was, becomes), UPDATE (seq, hash), DELETE');
SELECT motel_platform_access('audit.heads', 'SELECT, INSERT, UPDATE');
SELECT motel_platform_access('audit.retention', 'SELECT');

-- Only what happens to other tables writes here. (The words are those that PostgreSQL has for a missing privilege.)
CREATE FUNCTION audit.refuse_writing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'permission denied: the audit log is written by changes themselves' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER only_by_changes BEFORE INSERT ON audit.entries FOR EACH ROW WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION audit.refuse_writing();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit.entries EXECUTE FUNCTION audit.refuse_writing();

-- What stands in the chain stays as it is.
CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry of the audit log is not changed once it is chained'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'audit_is_append_only';
END
$$;
CREATE TRIGGER keep_chained BEFORE UPDATE ON audit.entries FOR EACH ROW WHEN (OLD.seq IS NOT NULL)
    EXECUTE FUNCTION audit.refuse_change();

-- It goes with the business whose it was, or behind the cut of the chain.
CREATE FUNCTION audit.refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF motel_is_purging() OR OLD.seq <= (SELECT cut_seq FROM audit.heads WHERE tenant_id = OLD.tenant_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'an entry of the audit log goes only when the chain was cut behind it'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'audit_is_append_only';
END
$$;
CREATE TRIGGER keep_until_cut BEFORE DELETE ON audit.entries FOR EACH ROW EXECUTE FUNCTION audit.refuse_removal();

-- A chain grows, and is cut where it says it is, never at what is younger than 90 days.
CREATE FUNCTION audit.check_head() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_cut audit.entries;
BEGIN
    IF NEW.seq < OLD.seq OR NEW.cut_seq < OLD.cut_seq THEN
        RAISE EXCEPTION 'a chain does not shrink' USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'audit_is_append_only';
    END IF;
    IF NEW.cut_seq = OLD.cut_seq AND NEW.cut_hash = OLD.cut_hash THEN
        RETURN NEW;
    END IF;
    SELECT * INTO last_cut FROM audit.entries WHERE tenant_id = NEW.tenant_id AND seq = NEW.cut_seq;
    IF last_cut.hash IS DISTINCT FROM NEW.cut_hash OR EXISTS (
        SELECT FROM audit.entries WHERE tenant_id = NEW.tenant_id AND seq > OLD.cut_seq AND seq <= NEW.cut_seq
            AND at > clock_timestamp() - interval '90 days') THEN
        RAISE EXCEPTION 'a chain is cut where it was, behind what is older than 90 days'
            USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'audit_is_append_only';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER check_head BEFORE UPDATE ON audit.heads FOR EACH ROW EXECUTE FUNCTION audit.check_head();

-- Whose word the present transaction works on: the part of what it was told when it began.
CREATE FUNCTION audit.origin(part integer) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(split_part(current_setting('app.origin', true), '|', part), '');

CREATE FUNCTION audit.acting() RETURNS text
    LANGUAGE sql STABLE
    RETURN left(coalesce(audit.origin(1), CASE WHEN current_user IN ('motel_app', 'motel_platform') THEN 'system'
                                               ELSE 'database:' || session_user END), 100);

-- A cut leaves an entry that says where the chain goes on from.
CREATE FUNCTION audit.note_cut() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit.entries (tenant_id, actor, thing, row_key, action, becomes)
    VALUES (NEW.tenant_id, audit.acting(), 'audit.entries', '', 'cut',
            jsonb_build_object('from', OLD.cut_seq + 1, 'to', NEW.cut_seq, 'hash', encode(NEW.cut_hash, 'hex')));
    RETURN NULL;
END
$$;
CREATE TRIGGER note_cut AFTER UPDATE ON audit.heads FOR EACH ROW WHEN (NEW.cut_seq > OLD.cut_seq)
    EXECUTE FUNCTION audit.note_cut();

-- Writes the entry of a changed row. Its arguments: the key's columns but the tenant, columns of which only it is told that they
-- changed, and columns that are never told, since they change with others or all the time.
CREATE FUNCTION audit.note_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    keys constant text[] := TG_ARGV[0];
    hidden constant text[] := TG_ARGV[1];
    idle constant text[] := TG_ARGV[2];
    whole jsonb;
    before jsonb;
    was jsonb;
    becomes jsonb;
    row_key text;
    word text;
BEGIN
    IF motel_is_purging() THEN
        RETURN NULL;
    END IF;
    whole := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    IF TG_OP = 'UPDATE' THEN
        before := to_jsonb(OLD) - idle;
        becomes := whole - idle;
        IF before = becomes THEN
            RETURN NULL;
        END IF;
        SELECT jsonb_object_agg(n.key, before -> n.key), jsonb_object_agg(n.key, n.value) INTO was, becomes
          FROM jsonb_each(becomes) n WHERE n.value IS DISTINCT FROM before -> n.key;
    ELSIF TG_OP = 'INSERT' THEN
        becomes := whole - idle;
    ELSE
        was := whole - idle;
    END IF;
    FOREACH word IN ARRAY hidden LOOP
        IF was -> word <> 'null' THEN was := jsonb_set(was, ARRAY[word], '"…"'); END IF;
        IF becomes -> word <> 'null' THEN becomes := jsonb_set(becomes, ARRAY[word], '"…"'); END IF;
    END LOOP;
    FOREACH word IN ARRAY keys LOOP
        row_key := concat_ws('/', row_key, whole ->> word);
    END LOOP;
    INSERT INTO audit.entries (tenant_id, actor, request, address, thing, row_key, action, was, becomes)
    VALUES ((whole ->> 'tenant_id')::uuid, audit.acting(), audit.origin(2)::uuid, audit.origin(3),
            TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, left(coalesce(row_key, ''), 300), lower(TG_OP), was, becomes);
    RETURN NULL;
END
$$;

-- Has every change of a table's rows noted. Tables of crates that are not here are passed over, so that a crate can be tested alone.
CREATE FUNCTION motel_audit(target text, hidden text[] DEFAULT '{}', idle text[] DEFAULT '{}')
    RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    found_table regclass := to_regclass(target);
    keys text[];
    unknown text[];
BEGIN
    IF found_table IS NULL THEN RETURN; END IF;
    SELECT array_agg(a.attname::text ORDER BY place) INTO keys
      FROM pg_constraint k, unnest(k.conkey) WITH ORDINALITY AS u (attnum, place)
      JOIN pg_attribute a ON a.attnum = u.attnum
     WHERE k.conrelid = found_table AND k.contype = 'p' AND a.attrelid = found_table AND a.attname <> 'tenant_id';
    SELECT array_agg(h) INTO unknown FROM unnest(hidden || idle) h
     WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = found_table AND a.attname = h AND NOT a.attisdropped);
    IF unknown IS NOT NULL THEN RAISE EXCEPTION '% has no columns %', target, unknown; END IF;
    EXECUTE format('CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION audit.note_row(%L, %L, %L)',
        found_table, coalesce(keys, '{}'), hidden, idle || '{tenant_id,updated_at,version}');
END
$$;

-- Who works here and who acts from outside. Names, addresses and free words about people are not repeated anywhere in here: an id says
-- who, as long as they are there.
SELECT motel_audit('audit.retention', idle => '{changed_at}');
SELECT motel_audit('tenancy.tenants');
SELECT motel_audit('tenancy.properties', '{chefs}');
SELECT motel_audit('tenancy.staff', '{email,password_hash,display_name}');
SELECT motel_audit('tenancy.invitations', '{email}');
SELECT motel_audit('tenancy.api_keys', '{digest}');
SELECT motel_audit('tenancy.second_factors', '{sealed,key_id}', '{last_step}');
SELECT motel_audit('tenancy.flag_overrides', idle => '{changed_at}');
SELECT motel_audit('credentials.credentials', '{sealed,key_id}');

-- What is sold, for how much, on which terms.
SELECT motel_audit('inventory.unit_groups');
SELECT motel_audit('inventory.units', '{note}');
SELECT motel_audit('inventory.blocks', '{reason}');
SELECT motel_audit(t) FROM unnest('{rates.rate_plans,rates.base_prices,rates.restrictions,rates.seasons,rates.cancellation_policies,
    rates.packages,taxes.taxes,taxes.fees,appointments.services,appointments.stations,appointments.skills}'::text[]) t;
SELECT motel_audit('rates.promo_codes', idle => '{uses}');
SELECT motel_audit('appointments.blackouts', '{reason}');
SELECT motel_audit('vouchers.coupons');

-- The rules of the house, and what the front desk knows.
SELECT motel_audit('billing.deposit_policies');
SELECT motel_audit('billing.routing_rules');
SELECT motel_audit('housekeeping.rules');
SELECT motel_audit('night_audit.schedules', idle => '{next_due_at}');
SELECT motel_audit('plans.subscriptions', '{terms}', '{period_start,period_end}');
SELECT motel_audit('plans.budgets');
SELECT motel_audit('knowledge.documents');

-- What guests bought and owe, and what is known of them: that it changed, not who they are.
SELECT motel_audit('bookings.bookings', '{booker_name,booker_email,booker_phone}', '{created_at}');
SELECT motel_audit('bookings.reservations', '{child_ages}', '{price,terms,created_at}');
SELECT motel_audit('appointments.appointments', '{booker_name,booker_email,booker_phone,wishes,notes}',
    '{price,terms,created_at,request_key,request_digest}');
SELECT motel_audit('guests.guests', '{full_name,email,phone,language,country,preferences}', '{folded_name,name_key,created_at}');
SELECT motel_audit('guests.consents', '{source}');
SELECT motel_audit('guests.documents', '{issuing_country,expires_on,last_four}');
SELECT motel_audit('guests.notes', '{text}');
SELECT motel_audit('leads.leads', '{given_name,family_name,email,phone,notes}', '{created_at}');
SELECT motel_audit('billing.folios', '{name}');
SELECT motel_audit('billing.payment_links', '{gateway_reference,url,consent,reason}');
SELECT motel_audit('billing.payment_methods', '{customer,method,brand,last_four,expires_year,expires_month,consent}');
SELECT motel_audit('billing.authorisations', '{reason,wanted_because,gateway_reference}', '{attempt}');
SELECT motel_audit('billing.refunds', '{reason,gateway_reference,failure}', '{ask_at,asked}');
SELECT motel_audit('billing.revocations', '{reason}');
SELECT motel_audit('billing.disputes');
SELECT motel_audit('vouchers.gift_cards', '{digest,buyer_email,recipient_name,recipient_email,message}');
SELECT motel_audit('housekeeping.tasks', '{note}');
