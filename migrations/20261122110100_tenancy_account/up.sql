-- Links by which a member takes another e-mail address.
ALTER TABLE tenancy.one_use_links DROP CONSTRAINT one_use_links_purpose;
ALTER TABLE tenancy.one_use_links ADD CONSTRAINT one_use_links_purpose
    CHECK (purpose IN ('reset_password', 'invitation', 'change_email'));

-- What somebody is told about an account by mail. The address stands here, because the account may have another by then.
CREATE TABLE tenancy.notices (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    staff_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('second_factor_taken_off', 'email_asked', 'email_in_use')),
    email text NOT NULL CHECK (char_length(email) <= 254),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES tenancy.staff (tenant_id, id)
);
CREATE INDEX notices_of_member ON tenancy.notices (tenant_id, staff_id);
CREATE INDEX notices_by_age ON tenancy.notices (created_at);

SELECT motel_tenant_table('tenancy.notices', 'SELECT, INSERT, DELETE');
-- The sweep of old ones.
SELECT motel_platform_access('tenancy.notices', 'SELECT, DELETE');
