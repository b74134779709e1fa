//! The tables of the PostgreSQL schema `conversations`.

diesel::table! {
    conversations.conversations (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        channel -> Text,
        status -> Text,
        guest_id -> Nullable<Uuid>,
        engine_state -> Jsonb,
        state_version -> Integer,
        turn_count -> Integer,
        created_at -> Timestamptz,
        last_message_at -> Timestamptz,
    }
}

diesel::table! {
    conversations.turns (tenant_id, conversation_id, seq) {
        tenant_id -> Uuid,
        conversation_id -> Uuid,
        seq -> Integer,
        speaker -> Text,
        text -> Text,
        intent -> Nullable<Text>,
        entities -> Jsonb,
        actions -> Jsonb,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    conversations.turn_records (tenant_id, conversation_id, seq) {
        tenant_id -> Uuid,
        conversation_id -> Uuid,
        seq -> Integer,
        engine -> Text,
        version -> Text,
        fallback -> Nullable<Text>,
        tokens_read -> Integer,
        tokens_written -> Integer,
        cost_micros -> BigInt,
        took_ms -> Integer,
        details -> Jsonb,
        recorded_at -> Timestamptz,
    }
}

diesel::table! {
    conversations.hand_overs (tenant_id, conversation_id, reason) {
        tenant_id -> Uuid,
        conversation_id -> Uuid,
        reason -> Text,
        summary -> Text,
        handed_over_at -> Timestamptz,
    }
}

diesel::table! {
    conversations.hand_over_rules (tenant_id) {
        tenant_id -> Uuid,
        asked_for_person -> Bool,
        repeated_failure -> Bool,
        failures_in_a_row -> SmallInt,
        anger -> Bool,
        emergency -> Bool,
        high_value -> Bool,
        high_value_amount_minor -> Nullable<BigInt>,
        high_value_nights -> Nullable<SmallInt>,
        policy_exception -> Bool,
        version -> Integer,
        set_by -> Text,
        set_at -> Timestamptz,
    }
}

diesel::allow_tables_to_appear_in_same_query!(conversations, turns);
