diesel::table! {
    passkeys.credentials (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        staff_id -> Uuid,
        credential_id -> Binary,
        name -> Text,
        key -> Jsonb,
        counter -> BigInt,
        backed_up -> Bool,
        created_at -> Timestamptz,
        last_used_at -> Nullable<Timestamptz>,
        doubted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    passkeys.ceremonies (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        staff_id -> Uuid,
        purpose -> Text,
        asked_in -> Uuid,
        state -> Jsonb,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    passkeys.arrivals (id) {
        id -> Uuid,
        state -> Jsonb,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}
