DROP TABLE conversations.hand_overs;
DROP FUNCTION conversations.only_erased_summary();
DROP TABLE conversations.hand_over_rules;
