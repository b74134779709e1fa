//! The tables of the PostgreSQL schema `guests`.

diesel::table! {
    guests.guests (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        full_name -> Text,
        email -> Text,
        phone -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}
