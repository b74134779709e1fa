-- What was said was said, until who said it is erased.
GRANT UPDATE (text, intent, entities, actions) ON conversations.turns TO motel_app;
