diesel::table! {
    onboarding.sign_ups (id) {
        id -> Uuid,
        email -> Text,
        business -> Text,
        kind -> Text,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        digest -> Nullable<Binary>,
        mail_at -> Nullable<Timestamptz>,
        attempts -> Integer,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    onboarding.steps (tenant_id, step) {
        tenant_id -> Uuid,
        step -> Text,
        mark -> Text,
        marked_at -> Timestamptz,
    }
}
