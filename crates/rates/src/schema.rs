//! The tables of the PostgreSQL schema `rates`.

diesel::table! {
    rates.rate_plans (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        code -> Text,
        name -> Text,
        nights -> Int2,
        derived_from -> Nullable<Uuid>,
        multiplier_basis_points -> Nullable<Int4>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    rates.rates (tenant_id, rate_plan_id, unit_id) {
        tenant_id -> Uuid,
        property_id -> Uuid,
        rate_plan_id -> Uuid,
        unit_id -> Uuid,
        amount_minor -> Int8,
        currency -> Text,
        valid_from -> Date,
        valid_until -> Date,
        min_nights -> Int4,
        max_nights -> Int4,
    }
}

diesel::allow_tables_to_appear_in_same_query!(rate_plans, rates);
