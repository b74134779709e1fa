//! The tables of the PostgreSQL schema `appointments`.

diesel::table! {
    appointments.services (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        code -> Text,
        name -> Text,
        description -> Text,
        duration_minutes -> Integer,
        buffer_before_minutes -> Integer,
        buffer_after_minutes -> Integer,
        starts -> Jsonb,
        opening_hours -> Jsonb,
        price_basis -> Text,
        price_minor -> BigInt,
        minimum_spend_minor -> BigInt,
        currency -> Text,
        min_guests -> Integer,
        max_guests -> Integer,
        guests_per_station -> Nullable<Integer>,
        lead_minutes -> Integer,
        horizon_days -> Integer,
        travel -> Nullable<Jsonb>,
        deposit_basis_points -> Integer,
        fees -> Jsonb,
        reminder_hours -> Jsonb,
        add_ons -> Jsonb,
        active -> Bool,
        sort -> SmallInt,
        version -> Integer,
    }
}

diesel::table! {
    appointments.stations (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        code -> Text,
        name -> Text,
        places -> Integer,
        working_hours -> Jsonb,
        active -> Bool,
        sort -> SmallInt,
        version -> Integer,
    }
}

diesel::table! {
    appointments.skills (tenant_id, service_id, station_id) {
        tenant_id -> Uuid,
        service_id -> Uuid,
        station_id -> Uuid,
    }
}

diesel::table! {
    appointments.blackouts (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        service_id -> Nullable<Uuid>,
        station_id -> Nullable<Uuid>,
        first_day -> Date,
        last_day -> Date,
        reason -> Text,
    }
}

diesel::table! {
    appointments.appointments (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        service_id -> Uuid,
        guest_id -> Uuid,
        booker_name -> Text,
        booker_email -> Text,
        booker_phone -> Nullable<Text>,
        code -> Text,
        status -> Text,
        starts_at -> Timestamptz,
        ends_at -> Timestamptz,
        local_day -> Date,
        guests -> Integer,
        wishes -> Jsonb,
        notes -> Text,
        price -> Jsonb,
        total_minor -> BigInt,
        currency -> Text,
        terms -> Jsonb,
        hold_expires_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        cancelled_at -> Nullable<Timestamptz>,
        fee_minor -> Nullable<BigInt>,
        version -> Integer,
        request_key -> Nullable<Text>,
        request_digest -> Nullable<Text>,
    }
}

diesel::table! {
    appointments.allocations (tenant_id, appointment_id, station_id) {
        tenant_id -> Uuid,
        appointment_id -> Uuid,
        station_id -> Uuid,
        place -> Integer,
        busy_from -> Timestamptz,
        busy_until -> Timestamptz,
    }
}

diesel::table! {
    appointments.appointment_events (tenant_id, appointment_id, seq) {
        tenant_id -> Uuid,
        appointment_id -> Uuid,
        seq -> Integer,
        kind -> Text,
        actor -> Text,
        reason -> Nullable<Text>,
        change -> Jsonb,
        at -> Timestamptz,
    }
}

diesel::table! {
    appointments.timers (tenant_id, appointment_id, hours_before) {
        tenant_id -> Uuid,
        appointment_id -> Uuid,
        hours_before -> Integer,
        due_at -> Timestamptz,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    services,
    stations,
    skills,
    appointments,
    allocations,
    timers
);
