-- How a business stands with the installation: since when, and why.
ALTER TABLE tenancy.tenants
    ADD COLUMN state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended', 'deleted')),
    ADD COLUMN state_since timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN state_reason text CHECK (char_length(state_reason) BETWEEN 1 AND 500),
    ADD CONSTRAINT tenants_say_why CHECK ((state_reason IS NULL) = (state = 'active'));
CREATE INDEX tenants_to_purge ON tenancy.tenants (state_since) WHERE state = 'deleted';

-- Only who was deleted before is purged.
CREATE FUNCTION tenancy.check_deleted_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a business is deleted first, and purged later'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'tenants_are_deleted_first';
END
$$;
CREATE TRIGGER check_deleted_first BEFORE DELETE ON tenancy.tenants
    FOR EACH ROW WHEN (OLD.state <> 'deleted') EXECUTE FUNCTION tenancy.check_deleted_first();

-- The names of businesses that are gone for good. Nobody else gets them: guests would find strangers at an address they know.
CREATE TABLE tenancy.former_slugs (
    slug text PRIMARY KEY CHECK (char_length(slug) BETWEEN 1 AND 40),
    purged_at timestamptz NOT NULL
);
ALTER TABLE tenancy.former_slugs ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenancy.former_slugs FORCE ROW LEVEL SECURITY;
SELECT motel_platform_access('tenancy.former_slugs', 'SELECT, INSERT');

CREATE FUNCTION tenancy.check_slug_is_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM tenancy.former_slugs WHERE slug = NEW.slug) THEN
        RAISE EXCEPTION 'a business that is gone had this name'
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'tenants_slug_is_new';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER check_slug_is_new BEFORE INSERT OR UPDATE OF slug ON tenancy.tenants
    FOR EACH ROW EXECUTE FUNCTION tenancy.check_slug_is_new();
