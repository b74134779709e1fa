-- What was used beyond a plan before it was changed goes on the next statement as well.
ALTER TABLE plans.adjustments
    DROP CONSTRAINT adjustments_kind_check,
    ADD CONSTRAINT adjustments_kind_check CHECK (kind IN ('proration', 'overage', 'credit'));
