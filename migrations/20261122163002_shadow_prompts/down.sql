ALTER TABLE shadow.scores
    DROP CONSTRAINT scores_candidate_check,
    ADD CONSTRAINT scores_candidate_check CHECK (char_length(candidate) BETWEEN 1 AND 120) NOT VALID;
ALTER TABLE shadow.candidates DROP COLUMN prompt;
