-- Who changed when a conversation is handed to a person.
SELECT motel_audit('conversations.hand_over_rules', idle => '{set_at}');
