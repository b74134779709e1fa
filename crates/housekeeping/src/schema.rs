//! The tables of the PostgreSQL schema `housekeeping`.

diesel::table! {
    housekeeping.rules (tenant_id, property_id) {
        tenant_id -> Uuid,
        property_id -> Uuid,
        stay_over_every -> SmallInt,
        linen_every -> SmallInt,
        departure_minutes -> SmallInt,
        stay_over_minutes -> SmallInt,
        linen_minutes -> SmallInt,
        version -> Integer,
    }
}

diesel::table! {
    housekeeping.tasks (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        unit_id -> Uuid,
        date -> Date,
        kind -> Text,
        status -> Text,
        assignee -> Nullable<Uuid>,
        priority -> SmallInt,
        minutes -> SmallInt,
        note -> Text,
        reservation_id -> Nullable<Uuid>,
        started_at -> Nullable<Timestamptz>,
        done_at -> Nullable<Timestamptz>,
        inspected_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        version -> Integer,
    }
}
