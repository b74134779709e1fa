-- Changes of what came after the log are noted as well.
SELECT motel_audit('tenancy.roles');
SELECT motel_audit('tenancy.member_properties');
SELECT motel_audit('tenancy.support_accesses');
SELECT motel_audit('tenancy.support_visits', '{reason}');
-- Passkeys themselves go with their holder, past whoever takes them: a trigger on them would not know whom.
SELECT motel_audit('tenancy.passkey_holders');
SELECT motel_audit('concierge.models', '{base_url}', '{version,set_at}');
