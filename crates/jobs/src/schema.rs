diesel::table! {
    jobs.events (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        payload -> Jsonb,
        occurred_at -> Timestamptz,
        fanned_out -> Bool,
    }
}

diesel::table! {
    jobs.deliveries (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        event_id -> Uuid,
        subscriber -> Text,
        status -> Text,
        attempts -> Integer,
        run_at -> Timestamptz,
        locked_until -> Nullable<Timestamptz>,
        last_error -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(events, deliveries);

diesel::define_sql_function! {
    /// Wakes whoever listens to the channel, at commit.
    fn pg_notify(channel: diesel::sql_types::Text, payload: diesel::sql_types::Text);
}
