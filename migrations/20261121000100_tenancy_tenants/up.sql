CREATE SCHEMA tenancy;
GRANT USAGE ON SCHEMA tenancy TO motel_app;

-- A tenant's id is the tenant_id of its own row, so this table is under the same rule as every other.
CREATE TABLE tenancy.tenants (
    tenant_id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    kind text NOT NULL CHECK (kind IN ('motel', 'private_dining')),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tenancy.properties (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id uuid NOT NULL,
    code text NOT NULL CHECK (char_length(code) BETWEEN 1 AND 20),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 120),
    tagline text NOT NULL CHECK (char_length(tagline) <= 200),
    street text NOT NULL CHECK (char_length(street) BETWEEN 1 AND 200),
    city text NOT NULL CHECK (char_length(city) BETWEEN 1 AND 120),
    region text NOT NULL CHECK (char_length(region) <= 60),
    postal_code text NOT NULL CHECK (char_length(postal_code) <= 20),
    country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    phone text NOT NULL CHECK (char_length(phone) <= 20),
    email text NOT NULL CHECK (char_length(email) <= 254),
    timezone text NOT NULL CHECK (char_length(timezone) BETWEEN 1 AND 60),
    currency text NOT NULL CHECK (char_length(currency) = 3),
    check_in time NOT NULL,
    check_out time NOT NULL,
    tax_name text NOT NULL CHECK (char_length(tax_name) BETWEEN 1 AND 120),
    tax_basis_points integer NOT NULL CHECK (tax_basis_points BETWEEN 0 AND 100000),
    tax_included boolean NOT NULL,
    policies jsonb NOT NULL CHECK (jsonb_typeof(policies) = 'object' AND octet_length(policies::text) <= 65536),
    chefs jsonb NOT NULL CHECK (jsonb_typeof(chefs) = 'array' AND octet_length(chefs::text) <= 16384),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, code)
);

-- One e-mail address signs in to one account of the installation, whoever's it is.
CREATE TABLE tenancy.staff (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id uuid NOT NULL,
    email text NOT NULL UNIQUE CHECK (char_length(email) <= 254),
    password_hash text NOT NULL CHECK (password_hash LIKE '$argon2id$%' AND char_length(password_hash) <= 200),
    display_name text NOT NULL CHECK (char_length(display_name) BETWEEN 1 AND 120),
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id)
);

SELECT motel_tenant_table('tenancy.tenants', 'SELECT');
SELECT motel_tenant_table('tenancy.properties', 'SELECT, INSERT, UPDATE');
SELECT motel_tenant_table('tenancy.staff', 'SELECT, INSERT, UPDATE');
-- Finding a tenant by its slug, founding one, and sign-in happen before a tenant is known.
SELECT motel_platform_access('tenancy.tenants', 'SELECT, INSERT, UPDATE');
SELECT motel_platform_access('tenancy.properties', 'SELECT, INSERT, UPDATE');
SELECT motel_platform_access('tenancy.staff', 'SELECT');
