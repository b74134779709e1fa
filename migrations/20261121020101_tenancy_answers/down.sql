DROP TABLE tenancy.answers;
