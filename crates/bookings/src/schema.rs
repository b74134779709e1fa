//! The tables of the PostgreSQL schema `bookings`.

diesel::table! {
    bookings.quotes (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        total_minor -> BigInt,
        currency -> Text,
        expires_at -> Timestamptz,
        created_at -> Timestamptz,
        stays -> Jsonb,
    }
}

diesel::table! {
    bookings.bookings (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        quote_id -> Nullable<Uuid>,
        guest_id -> Uuid,
        booker_name -> Text,
        booker_email -> Text,
        booker_phone -> Nullable<Text>,
        code -> Text,
        source -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Integer,
    }
}

diesel::table! {
    bookings.reservations (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        booking_id -> Uuid,
        property_id -> Uuid,
        ordinal -> SmallInt,
        unit_group_id -> Uuid,
        unit_id -> Nullable<Uuid>,
        unit_since -> Nullable<Date>,
        pinned -> Bool,
        arrival -> Date,
        departure -> Date,
        adults -> SmallInt,
        children -> SmallInt,
        pets -> SmallInt,
        child_ages -> Array<SmallInt>,
        status -> Text,
        rate_plan -> Text,
        promo -> Nullable<Text>,
        price -> Jsonb,
        total_minor -> BigInt,
        currency -> Text,
        terms -> Jsonb,
        hold_expires_at -> Nullable<Timestamptz>,
        checked_in_at -> Nullable<Timestamptz>,
        checked_out_at -> Nullable<Timestamptz>,
        ended_at -> Nullable<Timestamptz>,
        fee_minor -> Nullable<BigInt>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Integer,
    }
}

diesel::table! {
    bookings.reservation_events (tenant_id, reservation_id, seq) {
        tenant_id -> Uuid,
        reservation_id -> Uuid,
        seq -> Integer,
        booking_id -> Uuid,
        kind -> Text,
        actor -> Text,
        reason -> Nullable<Text>,
        at -> Timestamptz,
        business_date -> Date,
        change -> Jsonb,
    }
}

diesel::table! {
    bookings.former_units (tenant_id, reservation_id, first_night) {
        tenant_id -> Uuid,
        reservation_id -> Uuid,
        unit_id -> Uuid,
        first_night -> Date,
        until -> Date,
    }
}

diesel::table! {
    bookings.business_dates (tenant_id, property_id) {
        tenant_id -> Uuid,
        property_id -> Uuid,
        date -> Date,
        advanced_at -> Timestamptz,
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

diesel::allow_tables_to_appear_in_same_query!(
    bookings,
    reservations,
    reservation_events,
    former_units,
    quotes,
    idempotency_keys
);
