CREATE SCHEMA voice;
GRANT USAGE ON SCHEMA voice TO motel_app;

CREATE TABLE voice.calls (
    tenant_id        uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id               uuid NOT NULL,
    provider         text NOT NULL CHECK (provider IN ('twilio', 'simulated')),
    provider_call_id text NOT NULL CHECK (char_length(provider_call_id) BETWEEN 1 AND 64),
    conversation_id  uuid NOT NULL,
    from_number      text CHECK (char_length(from_number) BETWEEN 1 AND 64),
    to_number        text CHECK (char_length(to_number) BETWEEN 1 AND 64),
    status           text NOT NULL DEFAULT 'in_progress' CHECK (status IN ('in_progress', 'completed', 'incomplete')),
    -- The turn the caller takes next; 0 was the greeting.
    next_turn        integer NOT NULL DEFAULT 1 CHECK (next_turn > 0),
    -- How often in a row the caller said nothing.
    silences         smallint NOT NULL DEFAULT 0 CHECK (silences >= 0),
    started_at       timestamptz NOT NULL DEFAULT now(),
    ended_at         timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT calls_are_answered_once UNIQUE (tenant_id, provider, provider_call_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations.conversations (tenant_id, id),
    CHECK ((status = 'in_progress') = (ended_at IS NULL))
);
CREATE INDEX calls_newest_first ON voice.calls (tenant_id, started_at DESC, id DESC);
SELECT motel_tenant_table('voice.calls', 'SELECT, INSERT, UPDATE');

-- What a turn of the caller was answered with, so that a webhook delivered twice is answered twice and acted on once.
-- Null while the answer is being worked out. The words themselves are the conversation's turns.
CREATE TABLE voice.answers (
    tenant_id  uuid NOT NULL,
    call_id    uuid NOT NULL,
    turn       integer NOT NULL CHECK (turn >= 0),
    answer     jsonb CHECK (jsonb_typeof(answer) = 'object'),
    claimed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, call_id, turn),
    FOREIGN KEY (tenant_id, call_id) REFERENCES voice.calls (tenant_id, id)
);
SELECT motel_tenant_table('voice.answers', 'SELECT, INSERT, UPDATE');
