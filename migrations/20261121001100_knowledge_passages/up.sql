CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public;

CREATE SCHEMA knowledge;
GRANT USAGE ON SCHEMA knowledge TO motel_app;

-- A file as it was last ingested.
CREATE TABLE knowledge.documents (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id uuid NOT NULL,
    source text NOT NULL CHECK (char_length(source) BETWEEN 1 AND 500),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 300),
    -- SHA-256 over the file and over everything that decides what becomes of it.
    fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
    ingested_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, source)
);

-- A piece of a document, small enough to be an answer.
CREATE TABLE knowledge.passages (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    document_id uuid NOT NULL,
    position integer NOT NULL CHECK (position >= 0),
    heading text NOT NULL CHECK (char_length(heading) <= 600),
    body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 4000),
    -- Weight A: heading, B: title, D: body; of the words as the crate folds them ("check in" is one word).
    words tsvector NOT NULL,
    embedding public.vector(512) NOT NULL,
    embedding_model text NOT NULL CHECK (char_length(embedding_model) BETWEEN 1 AND 200),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, document_id, position),
    FOREIGN KEY (tenant_id, document_id) REFERENCES knowledge.documents (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX passages_words ON knowledge.passages USING gin (words);
CREATE INDEX passages_embedding ON knowledge.passages USING hnsw (embedding public.vector_cosine_ops);

SELECT motel_tenant_table('knowledge.documents');
SELECT motel_tenant_table('knowledge.passages', 'SELECT, INSERT, DELETE');
