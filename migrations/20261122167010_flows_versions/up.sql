-- How a conversation is to go, as data. A version is written once; which one is in force is said beside it.
CREATE SCHEMA flows;
GRANT USAGE ON SCHEMA flows TO motel_app;

CREATE TABLE flows.versions (
    tenant_id  uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    kind       text NOT NULL CHECK (kind IN ('reservations', 'faq', 'routing', 'after_hours')),
    version    integer NOT NULL CHECK (version BETWEEN 1 AND 500),
    name       text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
    definition jsonb NOT NULL CHECK (jsonb_typeof(definition) = 'object'),
    made_by    text NOT NULL CHECK (char_length(made_by) BETWEEN 1 AND 100),
    made_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, kind, version)
);
-- What a version says stays: no UPDATE, no DELETE.
SELECT motel_tenant_table('flows.versions', 'SELECT, INSERT');

CREATE TABLE flows.active (
    tenant_id uuid NOT NULL,
    kind      text NOT NULL,
    version   integer NOT NULL,
    set_by    text NOT NULL CHECK (char_length(set_by) BETWEEN 1 AND 100),
    set_at    timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, kind),
    FOREIGN KEY (tenant_id, kind, version) REFERENCES flows.versions (tenant_id, kind, version)
);
SELECT motel_tenant_table('flows.active');
