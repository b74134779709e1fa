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
        language -> Nullable<Text>,
        country -> Nullable<Text>,
        vip_level -> SmallInt,
        preferences -> Array<Text>,
        folded_name -> Text,
        name_key -> Text,
        merged_into -> Nullable<Uuid>,
        erased_at -> Nullable<Timestamptz>,
        version -> Integer,
    }
}

diesel::table! {
    guests.notes (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        guest_id -> Uuid,
        text -> Text,
        actor -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    guests.consents (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        guest_id -> Uuid,
        channel -> Text,
        given -> Bool,
        source -> Text,
        actor -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    guests.documents (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        guest_id -> Uuid,
        kind -> Text,
        issuing_country -> Text,
        expires_on -> Nullable<Date>,
        last_four -> Text,
        actor -> Text,
        at -> Timestamptz,
    }
}

diesel::table! {
    guests.guest_events (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        guest_id -> Uuid,
        kind -> Text,
        fields -> Array<Text>,
        merged_guest_id -> Nullable<Uuid>,
        actor -> Text,
        at -> Timestamptz,
    }
}

diesel::define_sql_function! {
    /// Where a text begins within another, from 1 on; 0 when it is not there.
    fn strpos(within: diesel::sql_types::Text, part: diesel::sql_types::Text) -> diesel::sql_types::Integer;
}

diesel::define_sql_function! {
    /// A name without accents, in lower case.
    #[sql_name = "guests.folded"]
    fn folded(name: diesel::sql_types::Text) -> diesel::sql_types::Text;
}
