//! The tables of the PostgreSQL schema `night_audit`, and what is read of the reservations below.

diesel::table! {
    night_audit.schedules (tenant_id, property_id) {
        tenant_id -> Uuid,
        property_id -> Uuid,
        automatic -> Bool,
        at -> Time,
        next_due_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    night_audit.audits (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        business_date -> Date,
        closed_at -> Timestamptz,
        actor -> Text,
        units -> Int4,
        out_of_order -> Int4,
        sold -> Int4,
        room_revenue_minor -> Int8,
        currency -> Text,
        report -> Jsonb,
    }
}

diesel::table! {
    night_audit.charged_nights (tenant_id, reservation_id, night) {
        tenant_id -> Uuid,
        reservation_id -> Uuid,
        night -> Date,
        audit_id -> Uuid,
    }
}

diesel::table! {
    bookings.reservations (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        booking_id -> Uuid,
        property_id -> Uuid,
        unit_group_id -> Uuid,
        unit_id -> Nullable<Uuid>,
        arrival -> Date,
        departure -> Date,
        status -> Text,
        hold_expires_at -> Nullable<Timestamptz>,
    }
}
