CREATE SCHEMA invoices;
GRANT USAGE ON SCHEMA invoices TO motel_app;

-- The last number of each series. Whoever issues a document holds the row until the commit, so a document that is rolled back
-- gives its number back. A sequence would leave a gap.
CREATE TABLE invoices.series (
    tenant_id uuid NOT NULL,
    property_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('invoice', 'receipt', 'credit_note')),
    year smallint NOT NULL CHECK (year BETWEEN 2000 AND 2999),
    last integer NOT NULL CHECK (last > 0),
    PRIMARY KEY (tenant_id, property_id, kind, year),
    FOREIGN KEY (tenant_id, property_id) REFERENCES tenancy.properties (tenant_id, id)
);
SELECT motel_tenant_table('invoices.series', 'SELECT, INSERT');
GRANT UPDATE (last) ON invoices.series TO motel_app;

-- Invoices, receipts and credit notes, whole, as they were issued.
CREATE TABLE invoices.documents (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    property_id uuid NOT NULL,
    folio_id uuid NOT NULL,
    kind text NOT NULL,
    year smallint NOT NULL,
    sequence integer NOT NULL CHECK (sequence > 0),
    corrects uuid,
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 100),
    issued_at timestamptz NOT NULL,
    snapshot jsonb NOT NULL CHECK (jsonb_typeof(snapshot) = 'object'),
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT documents_number_is_unique UNIQUE (tenant_id, property_id, kind, year, sequence),
    FOREIGN KEY (tenant_id, property_id, kind, year) REFERENCES invoices.series (tenant_id, property_id, kind, year),
    FOREIGN KEY (tenant_id, folio_id) REFERENCES billing.folios (tenant_id, id),
    FOREIGN KEY (tenant_id, corrects) REFERENCES invoices.documents (tenant_id, id),
    CONSTRAINT documents_credit_notes_correct CHECK ((kind = 'credit_note') = (corrects IS NOT NULL))
);
CREATE INDEX documents_by_property ON invoices.documents (tenant_id, property_id, id);
CREATE INDEX documents_by_folio ON invoices.documents (tenant_id, folio_id, id);
CREATE INDEX documents_by_corrected ON invoices.documents (tenant_id, corrects) WHERE corrects IS NOT NULL;
SELECT motel_tenant_table('invoices.documents', 'SELECT, INSERT');

-- Which posting stands on which document. A posting is put on an invoice once, and once more after each credit note; a line is
-- credited once.
CREATE TABLE invoices.lines (
    tenant_id uuid NOT NULL,
    document_id uuid NOT NULL,
    position integer NOT NULL CHECK (position > 0),
    posting_id uuid NOT NULL,
    round integer NOT NULL CHECK (round > 0),
    credits boolean NOT NULL,
    PRIMARY KEY (tenant_id, document_id, position),
    CONSTRAINT lines_once UNIQUE (tenant_id, posting_id, round, credits),
    FOREIGN KEY (tenant_id, document_id) REFERENCES invoices.documents (tenant_id, id),
    FOREIGN KEY (tenant_id, posting_id) REFERENCES billing.postings (tenant_id, id)
);
SELECT motel_tenant_table('invoices.lines', 'SELECT, INSERT');

-- A line is credited after it was invoiced, and invoiced anew after it was credited.
CREATE FUNCTION invoices.check_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.credits OR NEW.round > 1) AND NOT EXISTS (
        SELECT FROM invoices.lines before
        WHERE before.tenant_id = NEW.tenant_id AND before.posting_id = NEW.posting_id AND before.credits <> NEW.credits
          AND before.round = CASE WHEN NEW.credits THEN NEW.round ELSE NEW.round - 1 END
    ) THEN
        RAISE EXCEPTION 'a line is credited once it was invoiced, and invoiced anew once it was credited'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lines_take_turns';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER check_line BEFORE INSERT ON invoices.lines FOR EACH ROW EXECUTE FUNCTION invoices.check_line();

-- No number is left out: a series begins with 1 and goes on by one …
CREATE FUNCTION invoices.check_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.last <> (CASE TG_OP WHEN 'INSERT' THEN 1 ELSE OLD.last + 1 END) THEN
        RAISE EXCEPTION 'a series goes on by one' USING ERRCODE = 'check_violation', CONSTRAINT = 'series_has_no_gap';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER check_step BEFORE INSERT OR UPDATE ON invoices.series
    FOR EACH ROW EXECUTE FUNCTION invoices.check_step();

-- … and when a transaction ends, every number it took has a document.
CREATE FUNCTION invoices.check_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM invoices.documents
        WHERE tenant_id = NEW.tenant_id AND property_id = NEW.property_id AND kind = NEW.kind AND year = NEW.year
          AND sequence = NEW.last
    ) THEN
        RAISE EXCEPTION 'number % of % % has no document', NEW.last, NEW.kind, NEW.year
            USING ERRCODE = 'check_violation', CONSTRAINT = 'series_number_is_used';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER check_used AFTER INSERT OR UPDATE ON invoices.series
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoices.check_used();

-- Nobody changes what was issued, whatever their role.
CREATE FUNCTION invoices.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was issued stays; take it back by a credit note'
        USING ERRCODE = 'insufficient_privilege', CONSTRAINT = 'invoices_are_append_only';
END
$$;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices.documents
    FOR EACH STATEMENT EXECUTE FUNCTION invoices.refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices.lines
    FOR EACH STATEMENT EXECUTE FUNCTION invoices.refuse_change();
CREATE TRIGGER refuse_change BEFORE DELETE OR TRUNCATE ON invoices.series
    FOR EACH STATEMENT EXECUTE FUNCTION invoices.refuse_change();
