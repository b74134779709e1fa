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

/// Functions of the schema `jobs`.
pub(crate) mod jobs_functions {
    diesel::define_sql_function! {
        /// Replaces an address in the payloads of a tenant's events by an erased one.
        #[sql_name = "jobs.reword"]
        fn reword(was: diesel::sql_types::Text, becomes: diesel::sql_types::Text) -> diesel::sql_types::BigInt;
    }
}
