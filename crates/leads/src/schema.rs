//! The tables of the PostgreSQL schema `leads`.

diesel::table! {
    leads.leads (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        number -> Integer,
        given_name -> Text,
        family_name -> Text,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        check_in -> Nullable<Date>,
        check_out -> Nullable<Date>,
        adults -> Nullable<SmallInt>,
        children -> Nullable<SmallInt>,
        source -> Text,
        notes -> Text,
        status -> Text,
        conversation_id -> Nullable<Uuid>,
        booking_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    leads.lead_numbers (tenant_id) {
        tenant_id -> Uuid,
        last_number -> Integer,
    }
}
