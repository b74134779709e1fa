-- Who is tried out in the place of whoever answers guests: silently, or before a share of them.
CREATE SCHEMA shadow;
GRANT USAGE ON SCHEMA shadow TO motel_app;

CREATE TABLE shadow.candidates (
    tenant_id        uuid PRIMARY KEY REFERENCES tenancy.tenants (tenant_id),
    engine           text NOT NULL CHECK (engine IN ('built_in', 'model')),
    -- Of the service that the business has chosen; the chosen model where there is none.
    model            text CHECK (char_length(model) BETWEEN 1 AND 120),
    -- Of a hundred conversations, how many it answers.
    share            smallint NOT NULL CHECK (share BETWEEN 0 AND 100),
    -- Whether it answers the others silently.
    silent           boolean NOT NULL,
    -- When it is taken back: no sooner than after so many turns, at more than so many of a hundred, or slower, or agreeing less.
    least_turns      integer NOT NULL CHECK (least_turns BETWEEN 5 AND 200),
    most_fallbacks   smallint NOT NULL CHECK (most_fallbacks BETWEEN 0 AND 100),
    most_failures    smallint NOT NULL CHECK (most_failures BETWEEN 0 AND 100),
    slowest_ms       integer NOT NULL CHECK (slowest_ms BETWEEN 100 AND 120000),
    least_agreement  smallint NOT NULL CHECK (least_agreement BETWEEN 0 AND 100),
    -- What was scored before belongs to another candidate, or to an attempt that is over.
    counted_since    timestamptz NOT NULL,
    rolled_back_at   timestamptz,
    rolled_back_why  text CHECK (char_length(rolled_back_why) BETWEEN 1 AND 200),
    -- The share it had.
    rolled_back_from smallint CHECK (rolled_back_from BETWEEN 1 AND 100),
    version          integer NOT NULL CHECK (version > 0),
    set_by           text NOT NULL CHECK (char_length(set_by) BETWEEN 1 AND 100),
    set_at           timestamptz NOT NULL,
    CHECK (engine = 'model' OR model IS NULL),
    CHECK (num_nulls(rolled_back_at, rolled_back_why, rolled_back_from) IN (0, 3)),
    CHECK (rolled_back_at IS NULL OR share = 0)
);
SELECT motel_tenant_table('shadow.candidates');

-- How the candidate did with one answer.
CREATE TABLE shadow.scores (
    tenant_id       uuid NOT NULL,
    conversation_id uuid NOT NULL,
    -- The turn of whoever answered the guest.
    seq             integer NOT NULL,
    -- Whether the guest heard the candidate.
    live            boolean NOT NULL,
    -- "built in", or the model's name.
    candidate       text NOT NULL CHECK (char_length(candidate) BETWEEN 1 AND 120),
    intent          text NOT NULL CHECK (char_length(intent) BETWEEN 1 AND 40),
    ending          text NOT NULL CHECK (ending IN ('answered', 'house', 'fell_back', 'failed')),
    -- Why it did not answer itself.
    fallback        text CHECK (char_length(fallback) BETWEEN 1 AND 40),
    took_ms         integer NOT NULL CHECK (took_ms >= 0),
    -- In hundredths; none where there is nothing to compare with.
    agreement       smallint CHECK (agreement BETWEEN 0 AND 100),
    -- What differs, and the candidate's words; emptied when who spoke is erased.
    details         jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(details) = 'object' AND octet_length(details::text) <= 100000),
    scored_at       timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, conversation_id, seq),
    FOREIGN KEY (tenant_id, conversation_id, seq) REFERENCES conversations.turns (tenant_id, conversation_id, seq)
);
CREATE INDEX scores_newest_first ON shadow.scores (tenant_id, scored_at DESC);
SELECT motel_tenant_table('shadow.scores', 'SELECT, INSERT');
GRANT UPDATE (details) ON shadow.scores TO motel_app;

-- What models used for answers that no guest heard. It counts in the day's budget.
CREATE TABLE shadow.spendings (
    tenant_id      uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id             uuid NOT NULL,
    tokens         bigint NOT NULL CHECK (tokens > 0),
    cost_micros    bigint NOT NULL CHECK (cost_micros >= 0),
    spent_at       timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX spendings_by_time ON shadow.spendings (tenant_id, spent_at);
SELECT motel_tenant_table('shadow.spendings', 'SELECT, INSERT');
