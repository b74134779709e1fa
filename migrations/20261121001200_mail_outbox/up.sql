CREATE SCHEMA mail;
GRANT USAGE ON SCHEMA mail TO motel_app;

-- That a mail is being sent or was sent; the mail itself is not kept here.
CREATE TABLE mail.outbox (
    tenant_id uuid NOT NULL,
    key text NOT NULL CHECK (key ~ '^[a-z0-9][a-z0-9._-]{0,119}$'),
    status text NOT NULL CHECK (status IN ('sending', 'sent')),
    -- Until when the sender that claimed it may take; after that another may try.
    claimed_until timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 1 CHECK (attempts >= 1),
    sent_at timestamptz CHECK ((sent_at IS NOT NULL) = (status = 'sent')),
    PRIMARY KEY (tenant_id, key)
);

SELECT motel_tenant_table('mail.outbox', 'SELECT, INSERT, UPDATE');
