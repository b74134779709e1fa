CREATE SCHEMA leads;
GRANT USAGE ON SCHEMA leads TO motel_app;

-- One row a tenant. Whoever takes a lead holds it until the commit, so a lead that is rolled back gives its number
-- back. A sequence would leave a gap.
CREATE TABLE leads.lead_numbers (
    tenant_id   uuid PRIMARY KEY REFERENCES tenancy.tenants (tenant_id),
    last_number integer NOT NULL CHECK (last_number >= 0)
);
SELECT motel_tenant_table('leads.lead_numbers', 'SELECT, INSERT, UPDATE');

CREATE TABLE leads.leads (
    tenant_id       uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    id              uuid NOT NULL,
    number          integer NOT NULL CHECK (number > 0),
    given_name      text NOT NULL CHECK (char_length(given_name) BETWEEN 1 AND 120),
    family_name     text NOT NULL CHECK (char_length(family_name) <= 120),
    email           text CHECK (char_length(email) BETWEEN 3 AND 254 AND email = lower(email)),
    phone           text CHECK (phone ~ '^\+[0-9]{4,20}$'),
    check_in        date,
    check_out       date,
    adults          smallint CHECK (adults BETWEEN 1 AND 20),
    children        smallint CHECK (children BETWEEN 0 AND 20),
    source          text NOT NULL CHECK (source ~ '^[a-z0-9_-]{1,40}$'),
    notes           text NOT NULL CHECK (char_length(notes) <= 2000),
    status          text NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'contacted', 'qualified', 'converted', 'lost')),
    conversation_id uuid,
    booking_id      uuid,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT leads_number_is_unique UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations.conversations (tenant_id, id),
    FOREIGN KEY (tenant_id, booking_id) REFERENCES bookings.bookings (tenant_id, id),
    CHECK (email IS NOT NULL OR phone IS NOT NULL),
    CHECK (check_in < check_out),
    CHECK ((adults IS NULL) = (children IS NULL)),
    CHECK (booking_id IS NULL OR status = 'converted')
);
CREATE INDEX leads_by_email ON leads.leads (tenant_id, email) WHERE email IS NOT NULL;
CREATE INDEX leads_by_phone ON leads.leads (tenant_id, phone) WHERE phone IS NOT NULL;
CREATE INDEX leads_by_conversation ON leads.leads (tenant_id, conversation_id) WHERE conversation_id IS NOT NULL;
SELECT motel_tenant_table('leads.leads', 'SELECT, INSERT, UPDATE');
