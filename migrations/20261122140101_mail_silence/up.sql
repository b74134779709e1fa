-- Businesses that write to nobody for now.
CREATE TABLE mail.silences (
    tenant_id uuid PRIMARY KEY,
    since timestamptz NOT NULL DEFAULT now()
);
SELECT motel_tenant_table('mail.silences', 'SELECT');
SELECT motel_platform_access('mail.silences', 'SELECT, INSERT, DELETE');
