//! The tables of the PostgreSQL schema `bookings`.

diesel::table! {
    bookings.quotes (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        unit_group_id -> Uuid,
        arrival -> Date,
        departure -> Date,
        adults -> SmallInt,
        children -> SmallInt,
        pets -> SmallInt,
        price -> Jsonb,
        total_minor -> BigInt,
        currency -> Text,
        expires_at -> Timestamptz,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    bookings.bookings (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        quote_id -> Uuid,
        guest_id -> Uuid,
        booker_name -> Text,
        booker_email -> Text,
        booker_phone -> Nullable<Text>,
        code -> Text,
        status -> Text,
        source -> Text,
        price -> Jsonb,
        total_minor -> BigInt,
        currency -> Text,
        free_until -> Timestamptz,
        created_at -> Timestamptz,
        cancelled_at -> Nullable<Timestamptz>,
        cancellation_fee_minor -> Nullable<BigInt>,
        version -> Integer,
    }
}

diesel::table! {
    bookings.reservations (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        booking_id -> Uuid,
        unit_group_id -> Uuid,
        unit_id -> Nullable<Uuid>,
        arrival -> Date,
        departure -> Date,
        adults -> SmallInt,
        children -> SmallInt,
        pets -> SmallInt,
        status -> Text,
    }
}

diesel::table! {
    bookings.idempotency_keys (tenant_id, key) {
        tenant_id -> Uuid,
        key -> Text,
        request_digest -> Text,
        booking_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::allow_tables_to_appear_in_same_query!(bookings, reservations, quotes, idempotency_keys);
