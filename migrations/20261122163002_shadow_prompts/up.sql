-- A candidate may be told another version of the prompt for writing than the active one.
ALTER TABLE shadow.candidates
    ADD COLUMN prompt integer CHECK (prompt >= 0),
    ADD CHECK (engine = 'model' OR prompt IS NULL);
-- The name says it.
ALTER TABLE shadow.scores
    DROP CONSTRAINT scores_candidate_check,
    ADD CONSTRAINT scores_candidate_check CHECK (char_length(candidate) BETWEEN 1 AND 150);
