CREATE SCHEMA guests;
GRANT USAGE ON SCHEMA guests TO motel_app;

CREATE TABLE guests.guests (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id uuid NOT NULL,
    full_name text NOT NULL CHECK (char_length(full_name) BETWEEN 2 AND 120),
    email text NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254 AND email = lower(email)),
    phone text CHECK (phone ~ '^\+[0-9]{4,20}$'),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT guests_email_is_unique UNIQUE (tenant_id, email)
);
SELECT motel_tenant_table('guests.guests');
