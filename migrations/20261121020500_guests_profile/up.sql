-- What a business knows of its guests beyond how to reach them.

-- A name as it is searched for: without accents, in lower case. Bounded, since one letter can fall into many.
CREATE FUNCTION guests.folded(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN left(lower(regexp_replace(normalize(name, NFKD), '[\u0300-\u036f]', '', 'g')), 120);

-- By what two names may be one: their words in the order of the alphabet, so that "Souza, Ana" is "Ana Souza".
CREATE FUNCTION guests.name_key(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN (SELECT coalesce(string_agg(word, ' ' ORDER BY word COLLATE "C"), '')
            FROM regexp_split_to_table(guests.folded(name), '[\s.,;()''"-]+') AS words (word) WHERE word <> '');

ALTER TABLE guests.guests
    ADD COLUMN language text CHECK (language ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
    ADD COLUMN country text CHECK (country ~ '^[A-Z]{2}$'),
    ADD COLUMN vip_level smallint NOT NULL DEFAULT 0 CHECK (vip_level BETWEEN 0 AND 5),
    ADD COLUMN preferences text[] NOT NULL DEFAULT '{}'
        CHECK (cardinality(preferences) <= 20 AND octet_length(preferences::text) <= 8192),
    ADD COLUMN folded_name text GENERATED ALWAYS AS (guests.folded(full_name)) STORED,
    ADD COLUMN name_key text GENERATED ALWAYS AS (guests.name_key(full_name)) STORED,
    -- A guest that turned out to be another one is kept, so that its id and its address lead to that one.
    ADD COLUMN merged_into uuid CHECK (merged_into <> id),
    -- Set once nothing personal is left in the row; it stays, because bookings and folios hang on it.
    ADD COLUMN erased_at timestamptz,
    ADD COLUMN version integer NOT NULL DEFAULT 1 CHECK (version >= 1),
    ADD FOREIGN KEY (tenant_id, merged_into) REFERENCES guests.guests (tenant_id, id);
CREATE INDEX guests_by_phone ON guests.guests (tenant_id, phone) WHERE merged_into IS NULL AND erased_at IS NULL;
CREATE INDEX guests_by_name_key ON guests.guests (tenant_id, name_key) WHERE merged_into IS NULL AND erased_at IS NULL;
CREATE INDEX guests_merged ON guests.guests (tenant_id, merged_into) WHERE merged_into IS NOT NULL;

-- What staff noted. A note is never changed; it can be removed, and goes to the survivor of a merge.
CREATE TABLE guests.notes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    guest_id uuid NOT NULL,
    text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 2000),
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 60),
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, guest_id) REFERENCES guests.guests (tenant_id, id)
);
CREATE INDEX notes_by_guest ON guests.notes (tenant_id, guest_id, id);
SELECT motel_tenant_table('guests.notes', 'SELECT, INSERT, UPDATE (guest_id), DELETE');

-- That a guest allowed or forbade being written to. The last word on a channel counts; the words before it are the proof.
CREATE TABLE guests.consents (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    guest_id uuid NOT NULL,
    channel text NOT NULL CHECK (channel IN ('email', 'sms', 'phone', 'whatsapp', 'post')),
    given boolean NOT NULL,
    -- How it was said: a form, a call, the front desk.
    source text NOT NULL CHECK (char_length(source) BETWEEN 1 AND 120),
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 60),
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, guest_id) REFERENCES guests.guests (tenant_id, id)
);
CREATE INDEX consents_by_guest ON guests.consents (tenant_id, guest_id, channel, at, id);
SELECT motel_tenant_table('guests.consents', 'SELECT, INSERT, UPDATE (guest_id), DELETE');

-- That a document was seen: enough to know it again, and no more.
CREATE TABLE guests.documents (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    guest_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('passport', 'id_card', 'driving_licence', 'residence_permit', 'other')),
    issuing_country text NOT NULL CHECK (issuing_country ~ '^[A-Z]{2}$'),
    expires_on date,
    last_four text NOT NULL CHECK (last_four ~ '^[A-Z0-9]{4}$'),
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 60),
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, guest_id) REFERENCES guests.guests (tenant_id, id)
);
CREATE INDEX documents_by_guest ON guests.documents (tenant_id, guest_id, id);
SELECT motel_tenant_table('guests.documents', 'SELECT, INSERT, UPDATE (guest_id), DELETE');

-- Who did what to a guest. It says what was changed and never to what, so that erasing a guest leaves it whole.
CREATE TABLE guests.guest_events (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    guest_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('changed', 'note_added', 'note_removed', 'consent_given', 'consent_withdrawn',
        'document_added', 'document_removed', 'merged', 'erased')),
    fields text[] NOT NULL CHECK (cardinality(fields) <= 20 AND octet_length(fields::text) <= 1024),
    -- The guest that was merged into this one.
    merged_guest_id uuid CHECK ((merged_guest_id IS NOT NULL) = (kind = 'merged')),
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 60),
    at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, guest_id) REFERENCES guests.guests (tenant_id, id),
    FOREIGN KEY (tenant_id, merged_guest_id) REFERENCES guests.guests (tenant_id, id)
);
CREATE INDEX guest_events_by_guest ON guests.guest_events (tenant_id, guest_id, id);
SELECT motel_tenant_table('guests.guest_events', 'SELECT, INSERT');
