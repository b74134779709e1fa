DROP TABLE rates.rates;
DROP TABLE rates.rate_plans;
DROP SCHEMA rates;
