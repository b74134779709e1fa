//! The tables of the PostgreSQL schema `shadow`.

diesel::table! {
    shadow.candidates (tenant_id) {
        tenant_id -> Uuid,
        engine -> Text,
        model -> Nullable<Text>,
        prompt -> Nullable<Integer>,
        share -> SmallInt,
        silent -> Bool,
        least_turns -> Integer,
        most_fallbacks -> SmallInt,
        most_failures -> SmallInt,
        slowest_ms -> Integer,
        least_agreement -> SmallInt,
        counted_since -> Timestamptz,
        rolled_back_at -> Nullable<Timestamptz>,
        rolled_back_why -> Nullable<Text>,
        rolled_back_from -> Nullable<SmallInt>,
        version -> Integer,
        set_by -> Text,
        set_at -> Timestamptz,
    }
}

diesel::table! {
    shadow.scores (tenant_id, conversation_id, seq) {
        tenant_id -> Uuid,
        conversation_id -> Uuid,
        seq -> Integer,
        live -> Bool,
        candidate -> Text,
        intent -> Text,
        ending -> Text,
        fallback -> Nullable<Text>,
        took_ms -> Integer,
        agreement -> Nullable<SmallInt>,
        details -> Jsonb,
        scored_at -> Timestamptz,
    }
}

diesel::table! {
    shadow.spendings (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        tokens -> BigInt,
        cost_micros -> BigInt,
        spent_at -> Timestamptz,
    }
}
