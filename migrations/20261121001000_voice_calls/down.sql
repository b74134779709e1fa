DROP TABLE voice.answers;
DROP TABLE voice.calls;
DROP SCHEMA voice;
