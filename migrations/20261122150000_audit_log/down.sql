-- The triggers go with the function they call.
DROP SCHEMA audit CASCADE;
DROP FUNCTION motel_audit(text, text[], text[]);
