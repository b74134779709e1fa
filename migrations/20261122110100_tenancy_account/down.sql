DROP TABLE tenancy.notices;
DELETE FROM tenancy.one_use_links WHERE purpose = 'change_email';
ALTER TABLE tenancy.one_use_links DROP CONSTRAINT one_use_links_purpose;
ALTER TABLE tenancy.one_use_links ADD CONSTRAINT one_use_links_purpose CHECK (purpose IN ('reset_password', 'invitation'));
