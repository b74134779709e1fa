-- When a conversation is handed to a person. A business that has set nothing has no row, and the defaults hold.
CREATE TABLE conversations.hand_over_rules (
    tenant_id              uuid PRIMARY KEY REFERENCES tenancy.tenants (tenant_id),
    asked_for_person       boolean NOT NULL,
    repeated_failure       boolean NOT NULL,
    -- So many answers in a row that helped nobody.
    failures_in_a_row      smallint NOT NULL CHECK (failures_in_a_row BETWEEN 2 AND 10),
    anger                  boolean NOT NULL,
    emergency              boolean NOT NULL,
    high_value             boolean NOT NULL,
    -- In the smallest unit of the house's currency; no amount is high where there is none.
    high_value_amount_minor bigint CHECK (high_value_amount_minor BETWEEN 1 AND 1000000000000),
    -- Nights of all rooms together; no length is high where there is none.
    high_value_nights      smallint CHECK (high_value_nights BETWEEN 1 AND 365),
    policy_exception       boolean NOT NULL,
    version                integer NOT NULL CHECK (version > 0),
    set_by                 text NOT NULL CHECK (char_length(set_by) BETWEEN 1 AND 100),
    set_at                 timestamptz NOT NULL
);
SELECT motel_tenant_table('conversations.hand_over_rules');

-- Which conversations were handed over, why, and what who takes over should know. A rule hands a conversation over once.
CREATE TABLE conversations.hand_overs (
    tenant_id       uuid NOT NULL,
    conversation_id uuid NOT NULL,
    reason          text NOT NULL CHECK (reason IN
        ('asked_for_person', 'repeated_failure', 'anger', 'emergency', 'high_value', 'policy_exception')),
    summary         text NOT NULL CHECK (char_length(summary) <= 4000),
    handed_over_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, conversation_id, reason),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations.conversations (tenant_id, id)
);
-- How many there were lately.
CREATE INDEX hand_overs_by_time ON conversations.hand_overs (tenant_id, handed_over_at);
SELECT motel_tenant_table('conversations.hand_overs', 'SELECT, INSERT');
-- Until who spoke is erased.
GRANT UPDATE (summary) ON conversations.hand_overs TO motel_app;

CREATE FUNCTION conversations.only_erased_summary() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.summary IS DISTINCT FROM '' THEN
        RAISE EXCEPTION 'permission denied: a summary is not rewritten' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER hand_overs_only_erased BEFORE UPDATE ON conversations.hand_overs
    FOR EACH ROW EXECUTE FUNCTION conversations.only_erased_summary();
