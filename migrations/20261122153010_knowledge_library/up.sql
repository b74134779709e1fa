-- Where a document comes from: a folder's ingest takes away only what came from a folder.
ALTER TABLE knowledge.documents
    ADD COLUMN origin text NOT NULL DEFAULT 'folder' CHECK (origin IN ('folder', 'upload', 'answer')),
    ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version > 0),
    -- The last day on which it is told to guests; it is kept after that, and not found.
    ADD COLUMN valid_until date,
    ADD COLUMN passages integer NOT NULL DEFAULT 0 CHECK (passages >= 0);

UPDATE knowledge.documents AS document SET passages = (
    SELECT count(*) FROM knowledge.passages AS passage
    WHERE passage.tenant_id = document.tenant_id AND passage.document_id = document.id);

-- What the model saw of a passage, and which model: a passage that stays as it was keeps its vector.
ALTER TABLE knowledge.passages ADD COLUMN digest bytea CHECK (octet_length(digest) = 32);

-- What a document said: the latest ten, so that a mistake can be looked up.
CREATE TABLE knowledge.versions (
    tenant_id uuid NOT NULL,
    document_id uuid NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 300),
    -- As Markdown, whatever it came as.
    content text NOT NULL CHECK (char_length(content) <= 4000000),
    taken_in_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, document_id, version),
    FOREIGN KEY (tenant_id, document_id) REFERENCES knowledge.documents (tenant_id, id) ON DELETE CASCADE
);
SELECT motel_tenant_table('knowledge.versions', 'SELECT, INSERT, DELETE');
