DROP TABLE conversations.turns;
DROP TABLE conversations.conversations;
DROP SCHEMA conversations;
