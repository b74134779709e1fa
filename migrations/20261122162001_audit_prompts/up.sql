-- Which version is active. Versions and activations are histories themselves.
SELECT motel_audit('prompts.kinds', idle => '{last_number,last_activation}');
