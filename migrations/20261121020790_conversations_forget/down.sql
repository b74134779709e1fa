DROP TRIGGER turns_only_erased ON conversations.turns;
DROP FUNCTION conversations.only_erased();
REVOKE UPDATE (text, intent, entities, actions) ON conversations.turns FROM motel_app;
