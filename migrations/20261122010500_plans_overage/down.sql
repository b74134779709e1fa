UPDATE plans.adjustments SET kind = 'proration' WHERE kind = 'overage';
ALTER TABLE plans.adjustments
    DROP CONSTRAINT adjustments_kind_check,
    ADD CONSTRAINT adjustments_kind_check CHECK (kind IN ('proration', 'credit'));
