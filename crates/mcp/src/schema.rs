//! The tables of the PostgreSQL schema `mcp`.

diesel::table! {
    mcp.ceilings (tenant_id, api_key_id) {
        tenant_id -> Uuid,
        api_key_id -> Uuid,
        max_total_minor -> Nullable<BigInt>,
        max_total_currency -> Nullable<Text>,
        bookings_a_day -> Nullable<Integer>,
        own_only -> Bool,
        dry_run_only -> Bool,
        version -> Integer,
        set_by -> Text,
        set_at -> Timestamptz,
    }
}

diesel::table! {
    mcp.visits (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        api_key_id -> Uuid,
        used_at -> Timestamptz,
    }
}

diesel::table! {
    mcp.threads (tenant_id, visit_id, about) {
        tenant_id -> Uuid,
        visit_id -> Uuid,
        about -> Binary,
        conversation_id -> Uuid,
    }
}

diesel::table! {
    mcp.made (tenant_id, kind, code) {
        tenant_id -> Uuid,
        kind -> Text,
        code -> Text,
        api_key_id -> Uuid,
        made_at -> Timestamptz,
    }
}
