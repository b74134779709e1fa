ALTER TABLE tenancy.sessions DROP COLUMN passkey_shown_at;
DROP TABLE tenancy.passkey_holders;
