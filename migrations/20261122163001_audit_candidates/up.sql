-- Who answers guests is the business's own choice, and so is who is tried out.
SELECT motel_audit('shadow.candidates', idle => '{set_at,counted_since}');
