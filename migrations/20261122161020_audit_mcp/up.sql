-- How far an assistant may go is noted when somebody changes it.
SELECT motel_audit('mcp.ceilings', idle => '{set_at,set_by}');
