//! The tables of the PostgreSQL schema `voice`.

diesel::table! {
    voice.calls (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        provider -> Text,
        provider_call_id -> Text,
        conversation_id -> Uuid,
        from_number -> Nullable<Text>,
        to_number -> Nullable<Text>,
        status -> Text,
        next_turn -> Integer,
        silences -> SmallInt,
        started_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    voice.answers (tenant_id, call_id, turn) {
        tenant_id -> Uuid,
        call_id -> Uuid,
        turn -> Integer,
        answer -> Nullable<Jsonb>,
        claimed_at -> Timestamptz,
    }
}
