-- Who keeps passkeys: they are a second factor of theirs, whatever else they have. Taking the row away takes the passkeys with it, so that
-- whoever takes a second factor off need not know what is kept of them.
CREATE TABLE tenancy.passkey_holders (
    tenant_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    since timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, staff_id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES tenancy.staff (tenant_id, id)
);
SELECT motel_tenant_table('tenancy.passkey_holders', 'SELECT, INSERT, DELETE');

-- When a passkey was shown in a session in the place of a code; it is used up by the first thing that asks for one.
ALTER TABLE tenancy.sessions ADD COLUMN passkey_shown_at timestamptz;
GRANT UPDATE (passkey_shown_at) ON tenancy.sessions TO motel_app;
