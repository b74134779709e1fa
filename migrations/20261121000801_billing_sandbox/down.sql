DROP TABLE billing.sandbox_notices, billing.sandbox_checkouts;
