-- A business lets whoever runs the installation in for a while, and sees who came and why.
CREATE TABLE tenancy.support_accesses (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id uuid NOT NULL,
    -- Who lets them in.
    opened_by uuid NOT NULL,
    opened_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > opened_at AND ends_at <= opened_at + interval '72 hours'),
    closed_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, opened_by) REFERENCES tenancy.staff (tenant_id, id)
);
CREATE UNIQUE INDEX support_accesses_one_open ON tenancy.support_accesses (tenant_id) WHERE closed_at IS NULL;
CREATE INDEX support_accesses_of_member ON tenancy.support_accesses (tenant_id, opened_by);
CREATE INDEX support_accesses_by_end ON tenancy.support_accesses (ends_at) WHERE closed_at IS NULL;

-- A visitor works as a member of the team who has no password that anybody knows, and is let go when the access ends.
CREATE TABLE tenancy.support_visits (
    tenant_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    access_id uuid NOT NULL,
    reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
    visited_at timestamptz NOT NULL DEFAULT now(),
    -- Of the access when they came.
    ends_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, staff_id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES tenancy.staff (tenant_id, id),
    FOREIGN KEY (tenant_id, access_id) REFERENCES tenancy.support_accesses (tenant_id, id)
);
CREATE INDEX support_visits_of_access ON tenancy.support_visits (tenant_id, access_id);

SELECT motel_tenant_table('tenancy.support_accesses', 'SELECT, INSERT, UPDATE (opened_by, opened_at, ends_at, closed_at)');
SELECT motel_tenant_table('tenancy.support_visits', 'SELECT, INSERT');
-- Whose is over.
SELECT motel_platform_access('tenancy.support_accesses', 'SELECT');

-- Visitors come by a link that works once.
ALTER TABLE tenancy.one_use_links DROP CONSTRAINT one_use_links_purpose;
ALTER TABLE tenancy.one_use_links ADD CONSTRAINT one_use_links_purpose
    CHECK (purpose IN ('reset_password', 'invitation', 'change_email', 'support'));
