-- How an answer came about: by which engine, with which tools, at what cost, and why not by another. Beside the turn and not in it, since
-- who reads what was said does not need it.
CREATE TABLE conversations.turn_records (
    tenant_id       uuid NOT NULL,
    conversation_id uuid NOT NULL,
    seq             integer NOT NULL,
    engine          text NOT NULL CHECK (engine IN ('built_in', 'model')),
    -- Of the built-in engine its release; otherwise the model's name.
    version         text NOT NULL CHECK (char_length(version) BETWEEN 1 AND 120),
    -- Why a model that is switched on did not answer.
    fallback        text CHECK (char_length(fallback) BETWEEN 1 AND 40),
    tokens_read     integer NOT NULL DEFAULT 0 CHECK (tokens_read >= 0),
    tokens_written  integer NOT NULL DEFAULT 0 CHECK (tokens_written >= 0),
    cost_micros     bigint NOT NULL DEFAULT 0 CHECK (cost_micros >= 0),
    took_ms         integer NOT NULL CHECK (took_ms >= 0),
    -- Tools with what they were given and said, passages, drafts that were not sent, and how long each stage took.
    details         jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object' AND octet_length(details::text) <= 200000),
    recorded_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, conversation_id, seq),
    FOREIGN KEY (tenant_id, conversation_id, seq) REFERENCES conversations.turns (tenant_id, conversation_id, seq)
);
-- What was used of a model today.
CREATE INDEX turn_records_by_time ON conversations.turn_records (tenant_id, recorded_at) WHERE tokens_read > 0;
SELECT motel_tenant_table('conversations.turn_records', 'SELECT, INSERT');
-- Like the turns, until who spoke is erased.
GRANT UPDATE (details) ON conversations.turn_records TO motel_app;

CREATE FUNCTION conversations.only_erased_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.details IS DISTINCT FROM '{}'::jsonb THEN
        RAISE EXCEPTION 'permission denied: a record is not rewritten' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER turn_records_only_erased BEFORE UPDATE ON conversations.turn_records
    FOR EACH ROW EXECUTE FUNCTION conversations.only_erased_record();
