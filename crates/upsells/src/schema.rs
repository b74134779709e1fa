//! The tables of the PostgreSQL schema `upsells`.

diesel::table! {
    upsells.rules (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        name -> Text,
        enabled -> Bool,
        position -> Int4,
        trigger -> Text,
        topic -> Nullable<Text>,
        nights_from -> Nullable<Int2>,
        nights_to -> Nullable<Int2>,
        ahead_from -> Nullable<Int2>,
        ahead_to -> Nullable<Int2>,
        weekdays -> Nullable<Int2>,
        adults_from -> Nullable<Int2>,
        adults_to -> Nullable<Int2>,
        children -> Nullable<Bool>,
        pets -> Nullable<Bool>,
        room_types -> Array<Text>,
        season -> Nullable<Text>,
        channels -> Array<Text>,
        said_from -> Nullable<Date>,
        said_until -> Nullable<Date>,
        package -> Nullable<Text>,
        room_type -> Nullable<Text>,
        words -> Text,
        version -> Int4,
    }
}

diesel::table! {
    upsells.showings (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        rule_id -> Uuid,
        conversation_id -> Uuid,
        shown_on -> Date,
        shown_at -> Timestamptz,
        extra_minor -> Int8,
        currency -> Text,
        outcome -> Text,
        answered_at -> Nullable<Timestamptz>,
        booking_id -> Nullable<Uuid>,
    }
}
