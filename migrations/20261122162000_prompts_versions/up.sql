-- How a business tells a language model what it is, in its own words: numbered versions, of which one may be active. Version 0 is what
-- comes with the program. It is no row: null stands for it.
CREATE SCHEMA prompts;
GRANT USAGE ON SCHEMA prompts TO motel_app;

-- One row a kind, from the first version or activation on. Whoever saves or activates holds it.
CREATE TABLE prompts.kinds (
    tenant_id        uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    kind             text NOT NULL CHECK (kind IN ('writing', 'phone')),
    last_number      integer NOT NULL DEFAULT 0 CHECK (last_number BETWEEN 0 AND 1000),
    active           integer CHECK (active BETWEEN 1 AND last_number),
    -- The last activation; 0 before the first.
    last_activation  integer NOT NULL DEFAULT 0 CHECK (last_activation >= 0),
    PRIMARY KEY (tenant_id, kind)
);

-- A version is never changed and never goes.
CREATE TABLE prompts.versions (
    tenant_id  uuid NOT NULL,
    id         uuid NOT NULL,
    kind       text NOT NULL,
    number     integer NOT NULL CHECK (number > 0),
    text       text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 4000),
    note       text NOT NULL CHECK (char_length(note) <= 200),
    saved_by   text NOT NULL CHECK (char_length(saved_by) BETWEEN 1 AND 100),
    saved_at   timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, kind, number),
    FOREIGN KEY (tenant_id, kind) REFERENCES prompts.kinds (tenant_id, kind)
);
ALTER TABLE prompts.kinds ADD FOREIGN KEY (tenant_id, kind, active) REFERENCES prompts.versions (tenant_id, kind, number);

-- Which version was active from when on.
CREATE TABLE prompts.activations (
    tenant_id     uuid NOT NULL,
    kind          text NOT NULL,
    seq           integer NOT NULL CHECK (seq > 0),
    version       integer,
    -- The activation that comes back when this one is rolled back: 0 is how it was before the first one. Null where there is nothing
    -- to go back to.
    back_to       integer CHECK (back_to BETWEEN 0 AND seq - 1),
    rolled_back   boolean NOT NULL,
    activated_by  text NOT NULL CHECK (char_length(activated_by) BETWEEN 1 AND 100),
    activated_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, kind, seq),
    FOREIGN KEY (tenant_id, kind) REFERENCES prompts.kinds (tenant_id, kind),
    FOREIGN KEY (tenant_id, kind, version) REFERENCES prompts.versions (tenant_id, kind, number)
);
SELECT motel_tenant_table('prompts.kinds', 'SELECT, INSERT, UPDATE');
SELECT motel_tenant_table('prompts.versions', 'SELECT, INSERT');
SELECT motel_tenant_table('prompts.activations', 'SELECT, INSERT');
