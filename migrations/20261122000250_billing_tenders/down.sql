ALTER TABLE billing.entry_lines
    DROP CONSTRAINT entry_lines_of_a_folio_are_posted,
    ALTER COLUMN posting_id SET NOT NULL,
    DROP CONSTRAINT entry_lines_check1,
    ADD CONSTRAINT entry_lines_check1 CHECK ((account IN ('revenue', 'taxes', 'payments', 'disputes')) = (detail <> '')),
    DROP CONSTRAINT entry_lines_account_check,
    ADD CONSTRAINT entry_lines_account_check CHECK (account IN
        ('guest_ledger', 'city_ledger', 'deposits_held', 'revenue', 'taxes', 'payments', 'disputes', 'adjustments'));
