DROP FUNCTION jobs.reword;
