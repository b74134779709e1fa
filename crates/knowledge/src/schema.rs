//! The tables of the PostgreSQL schema `knowledge`.

diesel::table! {
    knowledge.documents (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        source -> Text,
        title -> Text,
        fingerprint -> Bytea,
    }
}
