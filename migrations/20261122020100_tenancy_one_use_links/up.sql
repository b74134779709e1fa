-- Who was asked to join a team, and the links that are mailed.
CREATE TABLE tenancy.invitations (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id uuid NOT NULL,
    email text NOT NULL CHECK (char_length(email) <= 254),
    -- What they will be there for.
    role text NOT NULL CHECK (role IN ('owner', 'manager', 'front_desk', 'housekeeping')),
    -- Who stands for it: whoever sent it last.
    invited_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    -- When it was mailed last.
    sent_at timestamptz NOT NULL CHECK (sent_at >= created_at),
    expires_at timestamptz NOT NULL CHECK (expires_at > sent_at),
    accepted_at timestamptz,
    -- Who they became.
    accepted_by uuid CHECK ((accepted_by IS NULL) = (accepted_at IS NULL)),
    withdrawn_at timestamptz CHECK (withdrawn_at IS NULL OR accepted_at IS NULL),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, invited_by) REFERENCES tenancy.staff (tenant_id, id),
    FOREIGN KEY (tenant_id, accepted_by) REFERENCES tenancy.staff (tenant_id, id)
);
-- One address is asked once at a time.
CREATE UNIQUE INDEX invitations_one_open ON tenancy.invitations (tenant_id, email)
    WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

SELECT motel_tenant_table('tenancy.invitations',
    'SELECT, INSERT, UPDATE (invited_by, sent_at, expires_at, accepted_at, accepted_by, withdrawn_at)');

-- Links that are mailed, and good for one use.
CREATE TABLE tenancy.one_use_links (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id uuid NOT NULL,
    purpose text NOT NULL CONSTRAINT one_use_links_purpose CHECK (purpose IN ('reset_password', 'invitation')),
    -- The member whose account it opens, or the invitation it takes up.
    staff_id uuid CONSTRAINT one_use_links_staff CHECK ((staff_id IS NOT NULL) = (purpose <> 'invitation')),
    invitation_id uuid CONSTRAINT one_use_links_invitation CHECK ((invitation_id IS NOT NULL) = (purpose = 'invitation')),
    -- Where it is mailed to.
    email text NOT NULL CHECK (char_length(email) <= 254),
    -- SHA-256 of the token, which is made when the mail is written and stands in the mail alone; null until then.
    digest bytea CHECK (octet_length(digest) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    used_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, digest),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES tenancy.staff (tenant_id, id),
    FOREIGN KEY (tenant_id, invitation_id) REFERENCES tenancy.invitations (tenant_id, id)
);
CREATE INDEX one_use_links_of_member ON tenancy.one_use_links (tenant_id, staff_id, purpose);
CREATE INDEX one_use_links_of_invitation ON tenancy.one_use_links (tenant_id, invitation_id);
CREATE INDEX one_use_links_by_end ON tenancy.one_use_links (expires_at);

SELECT motel_tenant_table('tenancy.one_use_links', 'SELECT, INSERT, UPDATE (digest, used_at)');
-- The sweep of old ones.
SELECT motel_platform_access('tenancy.one_use_links', 'SELECT, DELETE');
