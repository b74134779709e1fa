-- Which flow is in force is noted when it changes.
SELECT motel_audit('flows.active', idle => '{set_at}');
