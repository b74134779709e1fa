-- Who is who tells when it changes, so that it can stay in memory until then.
SELECT motel_tell_changes('tenancy.tenants', 'tenants');
SELECT motel_tell_changes('tenancy.properties', 'tenants');
SELECT motel_tell_changes('tenancy.api_keys', 'tenants');
