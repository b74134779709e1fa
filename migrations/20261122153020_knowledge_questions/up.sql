-- What guests asked and nothing here answered, the same question once however it was put.
CREATE TABLE knowledge.questions (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id uuid NOT NULL,
    -- As it was put first, without addresses and long numbers.
    wording text NOT NULL CHECK (char_length(wording) BETWEEN 1 AND 500),
    -- Other ways it was put, a few.
    others text[] NOT NULL DEFAULT '{}' CHECK (cardinality(others) <= 5),
    times integer NOT NULL DEFAULT 1 CHECK (times > 0),
    first_asked_at timestamptz NOT NULL,
    last_asked_at timestamptz NOT NULL,
    embedding public.vector(512) NOT NULL,
    embedding_model text NOT NULL CHECK (char_length(embedding_model) BETWEEN 1 AND 200),
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'answered', 'dismissed')),
    -- What it was answered with, while that is there.
    document_id uuid,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, document_id) REFERENCES knowledge.documents (tenant_id, id) ON DELETE SET NULL (document_id)
);
CREATE INDEX questions_status ON knowledge.questions (tenant_id, status, times);
CREATE INDEX questions_document ON knowledge.questions (tenant_id, document_id) WHERE document_id IS NOT NULL;
SELECT motel_tenant_table('knowledge.questions');
