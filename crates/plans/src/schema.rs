//! The tables of the PostgreSQL schema `plans`, and what is counted of the tenancy below.

diesel::table! {
    plans.plans (code) {
        code -> Text,
        name -> Text,
        terms -> Jsonb,
        position -> Int2,
        offered -> Bool,
    }
}

diesel::table! {
    plans.routes (meter, provider, prefix) {
        meter -> Text,
        provider -> Text,
        prefix -> Text,
        price_micros -> Int8,
        active -> Bool,
    }
}

diesel::table! {
    plans.subscriptions (tenant_id) {
        tenant_id -> Uuid,
        plan -> Text,
        terms -> Jsonb,
        status -> Text,
        anchor_day -> Int2,
        period_start -> Timestamptz,
        period_end -> Timestamptz,
        cancel_at_end -> Bool,
        version -> Int4,
    }
}

diesel::table! {
    plans.usage (tenant_id, meter, source) {
        tenant_id -> Uuid,
        source -> Text,
        meter -> Text,
        provider -> Text,
        quantity -> Int8,
        cost_micros -> Int8,
        period_start -> Timestamptz,
        occurred_at -> Timestamptz,
    }
}

diesel::table! {
    plans.totals (tenant_id, period_start, meter, provider) {
        tenant_id -> Uuid,
        period_start -> Timestamptz,
        meter -> Text,
        provider -> Text,
        quantity -> Int8,
        cost_micros -> Int8,
    }
}

diesel::table! {
    plans.budgets (tenant_id) {
        tenant_id -> Uuid,
        amount_minor -> Int8,
        currency -> Text,
        hard_stop -> Bool,
        version -> Int4,
    }
}

diesel::table! {
    plans.alerts (tenant_id, period_start, threshold) {
        tenant_id -> Uuid,
        period_start -> Timestamptz,
        threshold -> Int2,
    }
}

diesel::table! {
    plans.series (year) {
        year -> Int2,
        last -> Int4,
    }
}

diesel::table! {
    plans.statements (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        year -> Int2,
        sequence -> Int4,
        period_start -> Timestamptz,
        period_end -> Timestamptz,
        issued_at -> Timestamptz,
        due_at -> Timestamptz,
        total_minor -> Int8,
        currency -> Text,
    }
}

diesel::table! {
    plans.lines (tenant_id, statement_id, position) {
        tenant_id -> Uuid,
        statement_id -> Uuid,
        position -> Int4,
        kind -> Text,
        description -> Text,
        quantity -> Nullable<Int8>,
        amount_minor -> Int8,
    }
}

diesel::table! {
    plans.adjustments (tenant_id, source) {
        tenant_id -> Uuid,
        source -> Text,
        kind -> Text,
        description -> Text,
        amount_minor -> Int8,
        currency -> Text,
        statement_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    plans.receivables (tenant_id, statement_id) {
        tenant_id -> Uuid,
        statement_id -> Uuid,
        stage -> Text,
        next_at -> Nullable<Timestamptz>,
        paid_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    plans.payments (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        statement_id -> Uuid,
        gateway -> Text,
        state -> Text,
        amount_minor -> Int8,
        currency -> Text,
        gateway_reference -> Nullable<Text>,
        url -> Nullable<Text>,
        expires_at -> Nullable<Timestamptz>,
        asked -> Int4,
        ask_at -> Timestamptz,
    }
}

diesel::table! {
    plans.gateway_events (tenant_id, gateway, event_id) {
        tenant_id -> Uuid,
        gateway -> Text,
        event_id -> Text,
        payment_id -> Uuid,
        kind -> Text,
        received_at -> Timestamptz,
    }
}

diesel::table! {
    tenancy.tenants (tenant_id) {
        tenant_id -> Uuid,
        state -> Text,
    }
}

diesel::table! {
    tenancy.staff (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        active -> Bool,
    }
}

diesel::table! {
    tenancy.properties (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
    }
}

diesel::allow_tables_to_appear_in_same_query!(subscriptions, totals, tenants);
diesel::allow_tables_to_appear_in_same_query!(statements, receivables);
