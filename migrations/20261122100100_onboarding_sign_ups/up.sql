CREATE SCHEMA onboarding;
GRANT USAGE ON SCHEMA onboarding TO motel_app;

-- Who asked to sign a business up, of no tenant: there is none yet, and maybe there never will be one.
CREATE TABLE onboarding.sign_ups (
    id uuid PRIMARY KEY,
    email text NOT NULL CHECK (char_length(email) <= 254),
    business text NOT NULL CHECK (char_length(business) BETWEEN 2 AND 80),
    kind text NOT NULL CHECK (kind IN ('motel', 'private_dining', 'consulting')),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    -- SHA-256 of the word in the link, which is made when the mail is written and stands in the mail alone.
    digest bytea UNIQUE CHECK (octet_length(digest) = 32),
    -- When the mail is to be sent, next time if it was tried before; null once it has left, or is given up.
    mail_at timestamptz,
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    used_at timestamptz
);
CREATE INDEX sign_ups_to_mail ON onboarding.sign_ups (mail_at) WHERE mail_at IS NOT NULL;
CREATE INDEX sign_ups_by_end ON onboarding.sign_ups (expires_at);
CREATE INDEX sign_ups_of_address ON onboarding.sign_ups (email);
ALTER TABLE onboarding.sign_ups ENABLE ROW LEVEL SECURITY;
ALTER TABLE onboarding.sign_ups FORCE ROW LEVEL SECURITY;
SELECT motel_platform_access('onboarding.sign_ups', 'SELECT, INSERT, UPDATE, DELETE');

-- Steps of setting a business up of which no other row tells what became of them.
CREATE TABLE onboarding.steps (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    step text NOT NULL CHECK (step IN ('property', 'offer', 'house_rules', 'channel', 'trial')),
    mark text NOT NULL CHECK (mark IN ('seen', 'skipped')),
    marked_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, step)
);
SELECT motel_tenant_table('onboarding.steps', 'SELECT, INSERT, UPDATE');
