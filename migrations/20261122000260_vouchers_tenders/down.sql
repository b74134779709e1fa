DROP TRIGGER check_gift_cards ON billing.entry_lines;
DROP SCHEMA vouchers CASCADE;
