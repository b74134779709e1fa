-- What guests pay with that is no money: gift cards, which are owed to whoever holds them, and coupons, which cost the house
-- something. And entries without a folio: a gift card that is sold, expires or is voided.
ALTER TABLE billing.entry_lines
    DROP CONSTRAINT entry_lines_account_check,
    ADD CONSTRAINT entry_lines_account_check CHECK (account IN
        ('guest_ledger', 'city_ledger', 'deposits_held', 'revenue', 'taxes', 'payments', 'disputes', 'adjustments',
         'gift_cards', 'coupons')),
    DROP CONSTRAINT entry_lines_check1,
    ADD CONSTRAINT entry_lines_check1 CHECK ((account IN ('revenue', 'taxes', 'payments', 'disputes', 'coupons')) = (detail <> '')),
    ALTER COLUMN posting_id DROP NOT NULL,
    -- Whatever stands on a folio is said by a posting.
    ADD CONSTRAINT entry_lines_of_a_folio_are_posted CHECK (folio_id IS NULL OR posting_id IS NOT NULL);
