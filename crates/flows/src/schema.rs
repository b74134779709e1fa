//! The tables of the PostgreSQL schema `flows`.

diesel::table! {
    flows.versions (tenant_id, kind, version) {
        tenant_id -> Uuid,
        kind -> Text,
        version -> Int4,
        name -> Text,
        definition -> Jsonb,
        made_by -> Text,
        made_at -> Timestamptz,
    }
}

diesel::table! {
    flows.active (tenant_id, kind) {
        tenant_id -> Uuid,
        kind -> Text,
        version -> Int4,
        set_by -> Text,
        set_at -> Timestamptz,
    }
}
