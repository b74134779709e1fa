-- When a model that is on did not answer last, and why.
CREATE INDEX turn_records_fallbacks ON conversations.turn_records (tenant_id, recorded_at) WHERE fallback IS NOT NULL;
