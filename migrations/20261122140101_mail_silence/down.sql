DROP TABLE mail.silences;
