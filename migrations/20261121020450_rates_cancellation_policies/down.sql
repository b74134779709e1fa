ALTER TABLE rates.rate_plans DROP COLUMN cancellation_policy_id;
DROP TABLE rates.cancellation_policies;
