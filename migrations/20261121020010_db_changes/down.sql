DROP FUNCTION motel_tell_changes(regclass, text);
DROP FUNCTION motel_tell_change();
