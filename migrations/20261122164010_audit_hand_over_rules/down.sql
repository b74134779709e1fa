DO $$
BEGIN
    IF to_regclass('conversations.hand_over_rules') IS NOT NULL THEN
        DROP TRIGGER IF EXISTS audit_row ON conversations.hand_over_rules;
    END IF;
END
$$;
