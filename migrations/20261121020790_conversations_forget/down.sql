REVOKE UPDATE (text, intent, entities, actions) ON conversations.turns FROM motel_app;
