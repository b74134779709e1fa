//! The tables of the PostgreSQL schema `invoices`.

diesel::table! {
    invoices.series (tenant_id, property_id, kind, year) {
        tenant_id -> Uuid,
        property_id -> Uuid,
        kind -> Text,
        year -> Int2,
        last -> Int4,
    }
}

diesel::table! {
    invoices.documents (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        folio_id -> Uuid,
        kind -> Text,
        year -> Int2,
        sequence -> Int4,
        corrects -> Nullable<Uuid>,
        actor -> Text,
        issued_at -> Timestamptz,
        snapshot -> Jsonb,
    }
}

diesel::table! {
    invoices.lines (tenant_id, document_id, position) {
        tenant_id -> Uuid,
        document_id -> Uuid,
        position -> Int4,
        posting_id -> Uuid,
        round -> Int4,
        credits -> Bool,
    }
}

diesel::allow_tables_to_appear_in_same_query!(documents, lines);
