//! The tables of the PostgreSQL schema `taxes`.

diesel::table! {
    taxes.taxes (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        code -> Text,
        name -> Text,
        percent_basis_points -> Nullable<Int4>,
        amount_minor -> Nullable<Int8>,
        currency -> Nullable<Text>,
        per -> Nullable<Text>,
        included -> Bool,
        covers_fees -> Bool,
        on_top_of -> Array<Text>,
        valid_from -> Nullable<Date>,
        valid_until -> Nullable<Date>,
        max_nights -> Nullable<Int4>,
        exempt_flags -> Array<Text>,
        age_bands -> Jsonb,
        rounding -> Text,
        version -> Int4,
    }
}

diesel::table! {
    taxes.fees (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        code -> Text,
        name -> Text,
        percent_basis_points -> Nullable<Int4>,
        amount_minor -> Nullable<Int8>,
        currency -> Nullable<Text>,
        per -> Nullable<Text>,
        occasion -> Text,
        taxed -> Bool,
        valid_from -> Nullable<Date>,
        valid_until -> Nullable<Date>,
        age_bands -> Jsonb,
        version -> Int4,
    }
}
