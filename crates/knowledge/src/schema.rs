//! The tables of the PostgreSQL schema `knowledge`.

diesel::table! {
    knowledge.documents (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        source -> Text,
        title -> Text,
        fingerprint -> Bytea,
        ingested_at -> Timestamptz,
        origin -> Text,
        version -> Integer,
        valid_until -> Nullable<Date>,
        passages -> Integer,
    }
}

diesel::table! {
    knowledge.versions (tenant_id, document_id, version) {
        tenant_id -> Uuid,
        document_id -> Uuid,
        version -> Integer,
        title -> Text,
        content -> Text,
        taken_in_at -> Timestamptz,
    }
}

diesel::table! {
    knowledge.questions (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        wording -> Text,
        others -> Array<Text>,
        times -> Integer,
        first_asked_at -> Timestamptz,
        last_asked_at -> Timestamptz,
        status -> Text,
        document_id -> Nullable<Uuid>,
    }
}
