-- Roles that a business makes for itself, beside those of the program: a name, a sentence, and what they permit.
CREATE TABLE tenancy.roles (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    purpose text NOT NULL CHECK (char_length(purpose) <= 200),
    permissions text[] NOT NULL CHECK (cardinality(permissions) BETWEEN 1 AND 100 AND array_position(permissions, NULL) IS NULL),
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    -- Since when nobody is given it any more; the row stays for invitations that are over.
    archived_at timestamptz CHECK (archived_at >= created_at),
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX roles_one_name ON tenancy.roles (tenant_id, lower(name)) WHERE archived_at IS NULL;

SELECT motel_tenant_table('tenancy.roles', 'SELECT, INSERT, UPDATE (name, purpose, permissions, version, archived_at)');

-- A member has a role of the program or one of the business's own.
ALTER TABLE tenancy.staff ALTER COLUMN role DROP NOT NULL;
ALTER TABLE tenancy.staff
    ADD COLUMN role_id uuid,
    ADD CONSTRAINT staff_has_one_role CHECK (num_nonnulls(role, role_id) = 1),
    ADD CONSTRAINT staff_role_is_of_the_tenant FOREIGN KEY (tenant_id, role_id) REFERENCES tenancy.roles (tenant_id, id);
CREATE INDEX staff_of_own_role ON tenancy.staff (tenant_id, role_id) WHERE role_id IS NOT NULL;

-- So has who is asked to become one.
ALTER TABLE tenancy.invitations ALTER COLUMN role DROP NOT NULL;
ALTER TABLE tenancy.invitations
    ADD COLUMN role_id uuid,
    ADD CONSTRAINT invitations_have_one_role CHECK (num_nonnulls(role, role_id) = 1),
    ADD CONSTRAINT invitations_role_is_of_the_tenant FOREIGN KEY (tenant_id, role_id) REFERENCES tenancy.roles (tenant_id, id);
CREATE INDEX invitations_to_own_role ON tenancy.invitations (tenant_id, role_id) WHERE role_id IS NOT NULL;
-- Where a role is given up while they are asked.
GRANT UPDATE (role, role_id) ON tenancy.invitations TO motel_app;
