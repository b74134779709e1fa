CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

-- In how many passages of a business each word stands; under the empty word, how many passages there are. Kept beside the
-- passages because a search asks for some fifty words, and counting them each time read every passage fifty times.
CREATE TABLE knowledge.lexemes (
    tenant_id uuid NOT NULL REFERENCES tenancy.tenants (tenant_id),
    -- In the order of bytes, so that words that begin alike lie together whatever the database's language.
    lexeme text COLLATE "C" NOT NULL,
    passages integer NOT NULL CHECK (passages >= 0),
    PRIMARY KEY (tenant_id, lexeme)
);
SELECT motel_tenant_table('knowledge.lexemes');

INSERT INTO knowledge.lexemes (tenant_id, lexeme, passages)
SELECT tenant_id, lexeme, count(*)
FROM knowledge.passages, unnest(array_append(tsvector_to_array(words), '')) AS lexeme
GROUP BY tenant_id, lexeme;

-- Whoever writes passages, the counts follow. Writers of one business take turns (an advisory lock in the program), so none waits here
-- for another that waits for it. Who purges deletes the counts as well and may change nothing.
CREATE FUNCTION knowledge.count_lexemes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF motel_is_purging() THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO knowledge.lexemes AS kept (tenant_id, lexeme, passages)
        SELECT tenant_id, lexeme, count(*)
        FROM changed, unnest(array_append(tsvector_to_array(words), '')) AS lexeme
        GROUP BY tenant_id, lexeme
        ON CONFLICT (tenant_id, lexeme) DO UPDATE SET passages = kept.passages + excluded.passages;
    ELSE
        UPDATE knowledge.lexemes AS kept SET passages = kept.passages - gone.passages
        FROM (
            SELECT tenant_id, lexeme, count(*) AS passages
            FROM changed, unnest(array_append(tsvector_to_array(words), '')) AS lexeme
            GROUP BY tenant_id, lexeme
        ) AS gone
        WHERE kept.tenant_id = gone.tenant_id AND kept.lexeme = gone.lexeme;
        DELETE FROM knowledge.lexemes AS kept USING changed
        WHERE kept.tenant_id = changed.tenant_id AND kept.passages = 0
          AND kept.lexeme = ANY (array_append(tsvector_to_array(changed.words), ''));
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER count_added AFTER INSERT ON knowledge.passages REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION knowledge.count_lexemes();
CREATE TRIGGER count_removed AFTER DELETE ON knowledge.passages REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION knowledge.count_lexemes();

-- A full-text index over all businesses is never asked: the planner may not look at words before it knows whose row it is.
DROP INDEX knowledge.passages_words;
