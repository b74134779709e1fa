//! The tables of the PostgreSQL schema `rates`.

diesel::table! {
    rates.rate_plans (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        code -> Text,
        name -> Text,
        description -> Text,
        active -> Bool,
        sort -> Int2,
        derived_from -> Nullable<Uuid>,
        derived_basis_points -> Nullable<Int4>,
        derived_amount_minor -> Nullable<Int8>,
        derived_of_total -> Nullable<Bool>,
        weekday_changes -> Array<Int4>,
        occupancy -> Nullable<Jsonb>,
        length_discounts -> Jsonb,
        inclusions -> Array<Text>,
        rounding_minor -> Int8,
        cancellation_policy_id -> Nullable<Uuid>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    rates.base_prices (tenant_id, rate_plan_id, unit_group_id, valid_from) {
        tenant_id -> Uuid,
        property_id -> Uuid,
        rate_plan_id -> Uuid,
        unit_group_id -> Uuid,
        valid_from -> Date,
        valid_until -> Date,
        amounts -> Array<Nullable<Int8>>,
    }
}

diesel::table! {
    rates.restrictions (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        kind -> Text,
        unit_group_id -> Nullable<Uuid>,
        rate_plan_id -> Nullable<Uuid>,
        valid_from -> Date,
        valid_until -> Date,
        amounts -> Array<Nullable<Int4>>,
    }
}

diesel::table! {
    rates.seasons (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        code -> Text,
        name -> Text,
        priority -> Int2,
        valid_from -> Date,
        valid_until -> Date,
        weekdays -> Int2,
        unit_group_id -> Nullable<Uuid>,
        rate_plan_id -> Nullable<Uuid>,
        price_minor -> Nullable<Int8>,
        change_basis_points -> Nullable<Int4>,
        change_amount_minor -> Nullable<Int8>,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    rates.promo_codes (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        code -> Text,
        name -> Text,
        active -> Bool,
        percent_basis_points -> Nullable<Int4>,
        per_night_minor -> Nullable<Int8>,
        booking_from -> Nullable<Date>,
        booking_until -> Nullable<Date>,
        stay_from -> Nullable<Date>,
        stay_until -> Nullable<Date>,
        rate_plans -> Array<Uuid>,
        max_uses -> Nullable<Int4>,
        uses -> Int4,
        version -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    rates.promo_uses (tenant_id, promo_code_id, booking_id) {
        tenant_id -> Uuid,
        promo_code_id -> Uuid,
        booking_id -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    rates.cancellation_policies (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        code -> Text,
        name -> Text,
        rules -> Jsonb,
        no_show -> Jsonb,
        version -> Int4,
    }
}

diesel::table! {
    rates.packages (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        code -> Text,
        name -> Text,
        description -> Text,
        active -> Bool,
        contents -> Array<Text>,
        extra_minor -> Nullable<Int8>,
        per -> Nullable<Text>,
        discount_basis_points -> Nullable<Int4>,
        booking_from -> Nullable<Date>,
        booking_until -> Nullable<Date>,
        stay_from -> Nullable<Date>,
        stay_until -> Nullable<Date>,
        rate_plans -> Array<Uuid>,
        version -> Int4,
    }
}

diesel::allow_tables_to_appear_in_same_query!(rate_plans, cancellation_policies);
