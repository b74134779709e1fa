CREATE SCHEMA conversations;
GRANT USAGE ON SCHEMA conversations TO motel_app;

CREATE TABLE conversations.conversations (
    tenant_id       uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id              uuid NOT NULL,
    channel         text NOT NULL CHECK (channel IN ('web', 'phone', 'sms', 'whatsapp', 'email')),
    status          text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'handed_over', 'closed')),
    guest_id        uuid,
    engine_state    jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(engine_state) = 'object'),
    state_version   integer NOT NULL DEFAULT 0,
    -- The number of the newest turn; incrementing it locks the row, so turns are numbered without gaps.
    turn_count      integer NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL DEFAULT now(),
    last_message_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, guest_id) REFERENCES guests.guests (tenant_id, id)
);
CREATE INDEX conversations_newest_first ON conversations.conversations (tenant_id, last_message_at DESC, id DESC);
CREATE INDEX conversations_of_guest ON conversations.conversations (tenant_id, guest_id) WHERE guest_id IS NOT NULL;
SELECT motel_tenant_table('conversations.conversations', 'SELECT, INSERT, UPDATE');

CREATE TABLE conversations.turns (
    tenant_id       uuid NOT NULL,
    conversation_id uuid NOT NULL,
    seq             integer NOT NULL CHECK (seq > 0),
    speaker         text NOT NULL CHECK (speaker IN ('guest', 'concierge', 'staff')),
    text            text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 8000),
    intent          text CHECK (char_length(intent) BETWEEN 1 AND 40),
    entities        jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(entities) = 'object'),
    actions         jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(actions) = 'array'),
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, conversation_id, seq),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations.conversations (tenant_id, id)
);
-- What was said was said: no UPDATE, no DELETE.
SELECT motel_tenant_table('conversations.turns', 'SELECT, INSERT');
