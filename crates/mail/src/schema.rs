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
