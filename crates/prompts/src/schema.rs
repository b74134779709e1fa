//! The tables of the PostgreSQL schema `prompts`.

diesel::table! {
    prompts.kinds (tenant_id, kind) {
        tenant_id -> Uuid,
        kind -> Text,
        last_number -> Integer,
        active -> Nullable<Integer>,
        last_activation -> Integer,
    }
}

diesel::table! {
    prompts.versions (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        number -> Integer,
        text -> Text,
        note -> Text,
        saved_by -> Text,
        saved_at -> Timestamptz,
    }
}

diesel::table! {
    prompts.activations (tenant_id, kind, seq) {
        tenant_id -> Uuid,
        kind -> Text,
        seq -> Integer,
        version -> Nullable<Integer>,
        back_to -> Nullable<Integer>,
        rolled_back -> Bool,
        activated_by -> Text,
        activated_at -> Timestamptz,
    }
}

diesel::allow_tables_to_appear_in_same_query!(kinds, versions);
