DROP TABLE knowledge.versions;
ALTER TABLE knowledge.passages DROP COLUMN digest;
ALTER TABLE knowledge.documents DROP COLUMN origin, DROP COLUMN version, DROP COLUMN valid_until, DROP COLUMN passages;
