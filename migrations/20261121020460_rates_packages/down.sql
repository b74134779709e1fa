DROP TABLE rates.packages;
