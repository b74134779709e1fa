//! The tables of the PostgreSQL schema `billing`.

diesel::table! {
    billing.folios (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        booking_id -> Uuid,
        currency -> Text,
        version -> Int4,
        opened_at -> Timestamptz,
        position -> Int2,
        kind -> Text,
        name -> Text,
        closed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    billing.deposit_policies (tenant_id, property_id) {
        tenant_id -> Uuid,
        property_id -> Uuid,
        deposit -> Text,
        share_bp -> Nullable<Int4>,
        rest_due_days -> Int2,
    }
}

diesel::table! {
    billing.payment_terms (tenant_id, folio_id) {
        tenant_id -> Uuid,
        folio_id -> Uuid,
        deposit_minor -> Int8,
        currency -> Text,
        rest_due_at -> Timestamptz,
        remind_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    billing.routing_rules (tenant_id, booking_id, charge) {
        tenant_id -> Uuid,
        booking_id -> Uuid,
        charge -> Text,
        folio_id -> Uuid,
    }
}

diesel::table! {
    billing.entries (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        business_date -> Date,
        actor -> Text,
        reason -> Nullable<Text>,
        posted_at -> Timestamptz,
    }
}

diesel::table! {
    billing.entry_lines (tenant_id, entry_id, line) {
        tenant_id -> Uuid,
        entry_id -> Uuid,
        line -> Int2,
        account -> Text,
        detail -> Text,
        folio_id -> Nullable<Uuid>,
        posting_id -> Nullable<Uuid>,
        amount_minor -> Int8,
        currency -> Text,
    }
}

diesel::table! {
    billing.postings (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        folio_id -> Uuid,
        kind -> Text,
        description -> Text,
        service_date -> Nullable<Date>,
        amount_minor -> Int8,
        currency -> Text,
        reverses_id -> Nullable<Uuid>,
        source -> Text,
        posted_at -> Timestamptz,
        entry_id -> Uuid,
    }
}

diesel::allow_tables_to_appear_in_same_query!(folios, postings, entry_lines);

diesel::table! {
    billing.payment_links (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        folio_id -> Uuid,
        amount_minor -> Int8,
        currency -> Text,
        status -> Text,
        gateway -> Text,
        gateway_reference -> Nullable<Text>,
        url -> Nullable<Text>,
        expires_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        consent -> Nullable<Text>,
        card_id -> Nullable<Uuid>,
        actor -> Nullable<Text>,
        reason -> Nullable<Text>,
        purpose -> Text,
    }
}

diesel::table! {
    billing.payment_methods (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        folio_id -> Uuid,
        gateway -> Text,
        customer -> Text,
        method -> Text,
        brand -> Text,
        last_four -> Text,
        expires_year -> Int2,
        expires_month -> Int2,
        consent -> Text,
        consented_at -> Timestamptz,
        kept_at -> Timestamptz,
        removed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    billing.payment_intents (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        state -> Text,
        ask_at -> Timestamptz,
        asked -> Int4,
        changed_at -> Timestamptz,
        paid_minor -> Int8,
        paid_reference -> Nullable<Text>,
        failure -> Nullable<Text>,
        sent_at -> Nullable<Timestamptz>,
        heard_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    billing.authorisations (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        actor -> Text,
        reason -> Nullable<Text>,
        asked_at -> Timestamptz,
        gateway_reference -> Nullable<Text>,
        authorised_minor -> Nullable<Int8>,
        authorised_until -> Nullable<Timestamptz>,
        wanted -> Nullable<Text>,
        wanted_minor -> Nullable<Int8>,
        wanted_by -> Nullable<Text>,
        wanted_because -> Nullable<Text>,
        wanted_at -> Nullable<Timestamptz>,
        attempt -> Int4,
        warned_at -> Nullable<Timestamptz>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(authorisations, payment_intents);

diesel::table! {
    billing.refunds (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        link_id -> Uuid,
        amount_minor -> Int8,
        currency -> Text,
        state -> Text,
        actor -> Text,
        reason -> Nullable<Text>,
        gateway_reference -> Nullable<Text>,
        failure -> Nullable<Text>,
        requested_at -> Timestamptz,
        ask_at -> Timestamptz,
        asked -> Int4,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    billing.disputes (tenant_id, gateway, reference) {
        tenant_id -> Uuid,
        gateway -> Text,
        reference -> Text,
        link_id -> Uuid,
        amount_minor -> Int8,
        currency -> Text,
        state -> Text,
        opened_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(folios, payment_links, payment_intents);
diesel::allow_tables_to_appear_in_same_query!(folios, payment_methods);

diesel::table! {
    billing.gateway_events (tenant_id, gateway, event_id) {
        tenant_id -> Uuid,
        gateway -> Text,
        event_id -> Text,
        link_id -> Uuid,
        kind -> Text,
        outcome -> Text,
        body -> Binary,
        received_at -> Timestamptz,
    }
}

diesel::table! {
    billing.payment_events (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        gateway -> Text,
        event_id -> Text,
        link_id -> Uuid,
        kind -> Text,
        event -> Jsonb,
        body -> Binary,
        received_at -> Timestamptz,
        state -> Text,
        outcome -> Nullable<Text>,
        attempts -> Int4,
        failure -> Nullable<Text>,
        try_at -> Nullable<Timestamptz>,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    billing.unread_webhooks (id) {
        id -> Uuid,
        gateway -> Text,
        body -> Binary,
        received_at -> Timestamptz,
        attempts -> Int4,
        failure -> Text,
        try_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    billing.webhook_incidents (gateway, hour, address, reason) {
        gateway -> Text,
        hour -> Timestamptz,
        address -> Text,
        reason -> Text,
        number -> Int8,
        first_at -> Timestamptz,
        last_at -> Timestamptz,
    }
}

diesel::table! {
    billing.revocations (tenant_id, link_id) {
        tenant_id -> Uuid,
        link_id -> Uuid,
        actor -> Text,
        reason -> Text,
        revoked_at -> Timestamptz,
    }
}

diesel::table! {
    billing.stray_events (gateway, event_id) {
        gateway -> Text,
        event_id -> Text,
        body -> Binary,
        received_at -> Timestamptz,
    }
}

diesel::table! {
    billing.sandbox_checkouts (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        link_id -> Uuid,
        idempotency_key -> Text,
        amount_minor -> Int8,
        currency -> Text,
        description -> Text,
        customer_email -> Text,
        success_url -> Text,
        cancel_url -> Text,
        paid -> Bool,
        paid_from -> Nullable<Timestamptz>,
        card -> Nullable<Text>,
        expires_at -> Timestamptz,
        keeps_card -> Bool,
        charged_card -> Nullable<Uuid>,
        refusal -> Nullable<Text>,
        authorises -> Bool,
        authorised_minor -> Nullable<Int8>,
        authorised_until -> Nullable<Timestamptz>,
        released -> Bool,
    }
}

diesel::table! {
    billing.sandbox_notices (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        checkout_id -> Uuid,
        kind -> Text,
        refund_id -> Nullable<Uuid>,
        delivered_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    billing.sandbox_refunds (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        checkout_id -> Uuid,
        refund_id -> Uuid,
        amount_minor -> Int8,
        currency -> Text,
        bounced -> Bool,
    }
}
