diesel::table! {
    audit.entries (tenant_id, id) {
        tenant_id -> Uuid,
        id -> BigInt,
        at -> Timestamptz,
        actor -> Text,
        request -> Nullable<Uuid>,
        address -> Nullable<Text>,
        thing -> Text,
        row_key -> Text,
        action -> Text,
        was -> Nullable<Jsonb>,
        becomes -> Nullable<Jsonb>,
        seq -> Nullable<BigInt>,
        hash -> Nullable<Binary>,
    }
}

diesel::table! {
    audit.heads (tenant_id) {
        tenant_id -> Uuid,
        seq -> BigInt,
        hash -> Binary,
        cut_seq -> BigInt,
        cut_hash -> Binary,
    }
}

diesel::table! {
    audit.retention (tenant_id) {
        tenant_id -> Uuid,
        days -> Integer,
        changed_at -> Timestamptz,
    }
}

diesel::allow_tables_to_appear_in_same_query!(entries, heads, retention);
