ALTER TABLE tenancy.api_keys DROP COLUMN assistant_only;
