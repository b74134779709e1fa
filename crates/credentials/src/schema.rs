diesel::table! {
    credentials.credentials (tenant_id, provider) {
        tenant_id -> Uuid,
        provider -> Text,
        sealed -> Binary,
        key_id -> Binary,
        last_four -> Text,
        set_by -> Text,
        set_at -> Timestamptz,
    }
}
