//! The tables of the PostgreSQL schema `vouchers`.

diesel::table! {
    vouchers.gift_cards (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        currency -> Text,
        digest -> Nullable<Bytea>,
        last_four -> Nullable<Text>,
        expires_at -> Nullable<Timestamptz>,
        expired_at -> Nullable<Timestamptz>,
        voided_at -> Nullable<Timestamptz>,
        buyer_email -> Nullable<Text>,
        recipient_name -> Nullable<Text>,
        recipient_email -> Nullable<Text>,
        message -> Nullable<Text>,
        issued_at -> Timestamptz,
    }
}

diesel::table! {
    vouchers.movements (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        gift_card_id -> Uuid,
        kind -> Text,
        amount_minor -> BigInt,
        currency -> Text,
        entry_id -> Uuid,
        booking_id -> Nullable<Uuid>,
        folio_id -> Nullable<Uuid>,
        posting_id -> Nullable<Uuid>,
        redemption_id -> Nullable<Uuid>,
        source -> Text,
        moved_at -> Timestamptz,
    }
}

diesel::table! {
    vouchers.coupons (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        property_id -> Uuid,
        code -> Text,
        name -> Text,
        currency -> Text,
        amount_minor -> Nullable<BigInt>,
        share_bp -> Nullable<Integer>,
        most_minor -> Nullable<BigInt>,
        valid_from -> Nullable<Date>,
        valid_until -> Nullable<Date>,
        stay_from -> Nullable<Date>,
        stay_until -> Nullable<Date>,
        min_spend_minor -> BigInt,
        room_types -> Array<Text>,
        rate_plans -> Array<Text>,
        first_booking_only -> Bool,
        max_uses -> Nullable<Integer>,
        max_uses_per_guest -> Nullable<Integer>,
        max_total_minor -> Nullable<BigInt>,
        ended_at -> Nullable<Timestamptz>,
        version -> Integer,
    }
}

diesel::table! {
    vouchers.coupon_uses (tenant_id, id) {
        tenant_id -> Uuid,
        id -> Uuid,
        coupon_id -> Uuid,
        booking_id -> Uuid,
        folio_id -> Uuid,
        posting_id -> Uuid,
        amount_minor -> BigInt,
        currency -> Text,
        used_at -> Timestamptz,
        taken_off_at -> Nullable<Timestamptz>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(gift_cards, movements);
diesel::allow_tables_to_appear_in_same_query!(coupons, coupon_uses);
