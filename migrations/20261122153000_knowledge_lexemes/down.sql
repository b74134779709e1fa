CREATE INDEX passages_words ON knowledge.passages USING gin (words);
DROP TRIGGER count_added ON knowledge.passages;
DROP TRIGGER count_removed ON knowledge.passages;
DROP FUNCTION knowledge.count_lexemes();
DROP TABLE knowledge.lexemes;
-- The extension stays: it may have been there before, and other tables may use it.
