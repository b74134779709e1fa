-- A business that has just signed itself up says later where it is; until then its address is empty.
ALTER TABLE tenancy.properties DROP CONSTRAINT properties_street_check,
    ADD CONSTRAINT properties_street_check CHECK (char_length(street) <= 200);
ALTER TABLE tenancy.properties DROP CONSTRAINT properties_city_check,
    ADD CONSTRAINT properties_city_check CHECK (char_length(city) <= 120);
