//! The tables of the PostgreSQL schema `concierge`.

diesel::table! {
    concierge.models (tenant_id) {
        tenant_id -> Uuid,
        enabled -> Bool,
        base_url -> Text,
        api -> Text,
        model -> Text,
        temperature -> Nullable<SmallInt>,
        call_seconds -> SmallInt,
        turn_seconds -> SmallInt,
        tokens_a_day -> Integer,
        read_price_micros -> BigInt,
        written_price_micros -> BigInt,
        cost_micros_a_day -> Nullable<BigInt>,
        version -> Integer,
        set_by -> Text,
        set_at -> Timestamptz,
    }
}
