DELETE FROM tenancy.one_use_links WHERE purpose = 'support';
ALTER TABLE tenancy.one_use_links DROP CONSTRAINT one_use_links_purpose;
ALTER TABLE tenancy.one_use_links ADD CONSTRAINT one_use_links_purpose
    CHECK (purpose IN ('reset_password', 'invitation', 'change_email'));
DROP TABLE tenancy.support_visits;
DROP TABLE tenancy.support_accesses;
