diesel::table! {
    mail.outbox (tenant_id, key) {
        tenant_id -> Uuid,
        key -> Text,
        status -> Text,
        claimed_until -> Timestamptz,
        attempts -> Integer,
        sent_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    mail.silences (tenant_id) {
        tenant_id -> Uuid,
        since -> Timestamptz,
    }
}
