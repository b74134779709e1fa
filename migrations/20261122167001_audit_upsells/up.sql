-- Rules of what is offered besides are noted when they change.
SELECT motel_audit('upsells.rules');
