ALTER TABLE tenancy.properties DROP CONSTRAINT properties_city_check,
    ADD CONSTRAINT properties_city_check CHECK (char_length(city) BETWEEN 1 AND 120);
ALTER TABLE tenancy.properties DROP CONSTRAINT properties_street_check,
    ADD CONSTRAINT properties_street_check CHECK (char_length(street) BETWEEN 1 AND 200);
