//! The tables of the PostgreSQL schema `inventory`, for the joins of crates above.

#![expect(missing_docs, reason = "what the columns mean stands at the models")]

diesel::table! {
    inventory.unit_groups (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        code -> Text,
        name -> Text,
        description -> Text,
        max_guests -> Int2,
        max_adults -> Int2,
        pets_allowed -> Bool,
        beds -> Text,
        size_sqft -> Nullable<Int4>,
        amenities -> Array<Text>,
        sort -> Int2,
        created_at -> Timestamptz,
        version -> Int4,
        archived_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    inventory.units (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        unit_group_id -> Uuid,
        number -> Text,
        floor -> Int2,
        accessible -> Bool,
        note -> Text,
        created_at -> Timestamptz,
        condition -> Text,
        version -> Int4,
        archived_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    inventory.nightly_counters (tenant_id, unit_group_id, night) {
        tenant_id -> Uuid,
        unit_group_id -> Uuid,
        night -> Date,
        capacity -> Int4,
        sold -> Int4,
    }
}

diesel::table! {
    inventory.blocks (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        unit_id -> Uuid,
        kind -> Text,
        first_night -> Date,
        until -> Date,
        reason -> Text,
        created_by -> Text,
        created_at -> Timestamptz,
        cancelled_at -> Nullable<Timestamptz>,
        version -> Int4,
    }
}

diesel::allow_tables_to_appear_in_same_query!(unit_groups, units, nightly_counters, blocks);
