diesel::table! {
    tenancy.tenants (tenant_id) {
        tenant_id -> Uuid,
        slug -> Text,
        name -> Text,
        kind -> Text,
        created_at -> Timestamptz,
        sandbox -> Bool,
        state -> Text,
        state_since -> Timestamptz,
        state_reason -> Nullable<Text>,
        second_factor_required -> Bool,
    }
}

diesel::table! {
    tenancy.properties (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        code -> Text,
        name -> Text,
        tagline -> Text,
        street -> Text,
        city -> Text,
        region -> Text,
        postal_code -> Text,
        country -> Text,
        phone -> Text,
        email -> Text,
        timezone -> Text,
        currency -> Text,
        check_in -> Time,
        check_out -> Time,
        tax_name -> Text,
        tax_basis_points -> Integer,
        tax_included -> Bool,
        policies -> Jsonb,
        chefs -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        clock_offset_seconds -> BigInt,
    }
}

diesel::table! {
    tenancy.staff (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        email -> Text,
        password_hash -> Text,
        display_name -> Text,
        active -> Bool,
        created_at -> Timestamptz,
        role -> Nullable<Text>,
        erased_at -> Nullable<Timestamptz>,
        second_factor_at -> Nullable<Timestamptz>,
        role_id -> Nullable<Uuid>,
        limited -> Bool,
    }
}

diesel::table! {
    tenancy.roles (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        name -> Text,
        purpose -> Text,
        permissions -> Array<Text>,
        version -> Integer,
        created_at -> Timestamptz,
        archived_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    tenancy.member_properties (tenant_id, staff_id, property_id) {
        tenant_id -> Uuid,
        staff_id -> Uuid,
        property_id -> Uuid,
    }
}

diesel::table! {
    tenancy.sessions (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        staff_id -> Uuid,
        digest -> Binary,
        user_agent -> Text,
        address -> Nullable<Text>,
        created_at -> Timestamptz,
        last_seen_at -> Timestamptz,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        passkey_shown_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    tenancy.passkey_holders (tenant_id, staff_id) {
        tenant_id -> Uuid,
        staff_id -> Uuid,
        since -> Timestamptz,
    }
}

diesel::table! {
    tenancy.refresh_tokens (tenant_id, digest) {
        tenant_id -> Uuid,
        digest -> Binary,
        session_id -> Uuid,
        created_at -> Timestamptz,
        spent_at -> Nullable<Timestamptz>,
        replayed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    tenancy.second_factors (tenant_id, staff_id) {
        tenant_id -> Uuid,
        staff_id -> Uuid,
        sealed -> Binary,
        key_id -> Binary,
        begun_in -> Uuid,
        begun_at -> Timestamptz,
        confirmed_at -> Nullable<Timestamptz>,
        last_step -> Nullable<BigInt>,
    }
}

diesel::table! {
    tenancy.recovery_codes (tenant_id, staff_id, digest) {
        tenant_id -> Uuid,
        staff_id -> Uuid,
        digest -> Binary,
        made_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    tenancy.challenges (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        staff_id -> Uuid,
        digest -> Binary,
        password_digest -> Binary,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        answered_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    tenancy.remembered_devices (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        staff_id -> Uuid,
        digest -> Binary,
        user_agent -> Text,
        address -> Nullable<Text>,
        created_at -> Timestamptz,
        last_used_at -> Timestamptz,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    tenancy.notices (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        staff_id -> Uuid,
        kind -> Text,
        email -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    tenancy.api_keys (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        name -> Text,
        hint -> Text,
        digest -> Binary,
        created_by -> Text,
        created_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
        permissions -> Nullable<Array<Text>>,
        expires_at -> Nullable<Timestamptz>,
        assistant_only -> Bool,
    }
}

diesel::table! {
    tenancy.answers (tenant_id, key) {
        tenant_id -> Uuid,
        key -> Text,
        digest -> Binary,
        status -> Nullable<SmallInt>,
        version -> Nullable<Integer>,
        location -> Nullable<Text>,
        body -> Nullable<Text>,
        made_at -> Timestamptz,
    }
}

diesel::table! {
    tenancy.support_accesses (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        opened_by -> Uuid,
        opened_at -> Timestamptz,
        ends_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    tenancy.support_visits (tenant_id, staff_id) {
        tenant_id -> Uuid,
        staff_id -> Uuid,
        access_id -> Uuid,
        reason -> Text,
        visited_at -> Timestamptz,
        ends_at -> Timestamptz,
    }
}

diesel::table! {
    tenancy.one_use_links (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        purpose -> Text,
        staff_id -> Nullable<Uuid>,
        invitation_id -> Nullable<Uuid>,
        email -> Text,
        digest -> Nullable<Binary>,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    tenancy.invitations (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        email -> Text,
        role -> Nullable<Text>,
        invited_by -> Uuid,
        created_at -> Timestamptz,
        sent_at -> Timestamptz,
        expires_at -> Timestamptz,
        accepted_at -> Nullable<Timestamptz>,
        accepted_by -> Nullable<Uuid>,
        withdrawn_at -> Nullable<Timestamptz>,
        role_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    tenancy.attempts (subject) {
        subject -> Binary,
        failures -> Integer,
        last_at -> Timestamptz,
        locked_until -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    tenancy.former_slugs (slug) {
        slug -> Text,
        purged_at -> Timestamptz,
    }
}

diesel::table! {
    tenancy.flags (flag) {
        flag -> Text,
        percent -> SmallInt,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    tenancy.flag_overrides (tenant_id, flag) {
        tenant_id -> Uuid,
        flag -> Text,
        enabled -> Bool,
        changed_at -> Timestamptz,
    }
}

diesel::joinable!(properties -> tenants (tenant_id));
diesel::allow_tables_to_appear_in_same_query!(properties, tenants);
diesel::allow_tables_to_appear_in_same_query!(flag_overrides, tenants);
diesel::allow_tables_to_appear_in_same_query!(roles, sessions, staff, tenants);
diesel::allow_tables_to_appear_in_same_query!(challenges, staff);
diesel::allow_tables_to_appear_in_same_query!(support_visits, staff);
