-- Somebody is told when a passkey is added to their account: it goes on signing in when the password is another one.
ALTER TABLE tenancy.notices DROP CONSTRAINT notices_kind_check;
ALTER TABLE tenancy.notices ADD CONSTRAINT notices_kind_check
    CHECK (kind IN ('second_factor_taken_off', 'email_asked', 'email_in_use', 'passkey_added'));
