DROP TABLE leads.leads;
DROP TABLE leads.lead_numbers;
DROP SCHEMA leads;
