DROP TABLE rates.promo_uses;
DROP TABLE rates.promo_codes;
DROP TABLE rates.seasons;
