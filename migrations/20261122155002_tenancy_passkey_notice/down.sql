DELETE FROM tenancy.notices WHERE kind = 'passkey_added';
ALTER TABLE tenancy.notices DROP CONSTRAINT notices_kind_check;
ALTER TABLE tenancy.notices ADD CONSTRAINT notices_kind_check
    CHECK (kind IN ('second_factor_taken_off', 'email_asked', 'email_in_use'));
