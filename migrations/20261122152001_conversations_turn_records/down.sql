DROP TABLE conversations.turn_records;
DROP FUNCTION conversations.only_erased_record();
