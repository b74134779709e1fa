use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel::{QueryableByName, sql_query};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BookingId, FolioId, Money, PostingId};

use crate::{CouponId, GiftCardId, Voucher, VoucherError, VoucherUse, VoucherUseId};

/// Two tables as one list. What was taken off went back, all of it.
const USES: &str = "
SELECT paid.id, paid.gift_card_id, NULL::uuid AS coupon_id, card.last_four AS name, paid.booking_id, paid.folio_id, paid.posting_id,
    -paid.amount_minor AS amount_minor, paid.currency, coalesce((
        SELECT sum(back.amount_minor) FROM vouchers.movements back
        WHERE back.tenant_id = paid.tenant_id AND back.redemption_id = paid.id), 0)::bigint AS given_back_minor,
    paid.moved_at AS used_at
FROM vouchers.movements paid
JOIN vouchers.gift_cards card ON card.tenant_id = paid.tenant_id AND card.id = paid.gift_card_id
WHERE paid.tenant_id = $1 AND paid.kind = 'redeemed' AND (paid.booking_id = $2 OR paid.id = ANY ($3))
UNION ALL
SELECT used.id, NULL, used.coupon_id, coupon.code, used.booking_id, used.folio_id, used.posting_id, used.amount_minor, used.currency,
    CASE WHEN used.taken_off_at IS NULL THEN 0 ELSE used.amount_minor END, used.used_at
FROM vouchers.coupon_uses used
JOIN vouchers.coupons coupon ON coupon.tenant_id = used.tenant_id AND coupon.id = used.coupon_id
WHERE used.tenant_id = $1 AND (used.booking_id = $2 OR used.id = ANY ($3))
ORDER BY used_at, id";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: VoucherUseId,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    gift_card_id: Option<GiftCardId>,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    coupon_id: Option<CouponId>,
    #[diesel(sql_type = Nullable<Text>)]
    name: Option<String>,
    #[diesel(sql_type = SqlUuid)]
    booking_id: BookingId,
    #[diesel(sql_type = SqlUuid)]
    folio_id: FolioId,
    #[diesel(sql_type = SqlUuid)]
    posting_id: PostingId,
    #[diesel(sql_type = BigInt)]
    amount_minor: i64,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = BigInt)]
    given_back_minor: i64,
    #[diesel(sql_type = Timestamptz)]
    used_at: DateTime<Utc>,
}

/// The gift cards and coupons that were used on a booking, the first first; also those that were taken off.
pub async fn uses_on(
    tx: &mut TenantTx,
    booking: BookingId,
) -> Result<Vec<VoucherUse>, VoucherError> {
    load(tx, Some(booking), Vec::new()).await
}

/// One of them.
///
/// # Errors
/// [`VoucherError::NotFound`], also for another tenant's.
pub async fn voucher_use(tx: &mut TenantTx, id: VoucherUseId) -> Result<VoucherUse, VoucherError> {
    let found = load(tx, None, vec![id]).await?.pop();
    found.ok_or(VoucherError::NotFound("use of a gift card or coupon"))
}

async fn load(
    tx: &mut TenantTx,
    booking: Option<BookingId>,
    ids: Vec<VoucherUseId>,
) -> Result<Vec<VoucherUse>, VoucherError> {
    let tenant = tx.tenant();
    let rows: Vec<Row> = sql_query(USES)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Nullable<SqlUuid>, _>(booking)
        .bind::<Array<SqlUuid>, _>(ids)
        .load(tx.conn())
        .await?;
    rows.into_iter().map(VoucherUse::try_from).collect()
}

impl TryFrom<Row> for VoucherUse {
    type Error = VoucherError;

    fn try_from(row: Row) -> Result<Self, VoucherError> {
        let currency = row.currency.parse().map_err(VoucherError::fault)?;
        let name = row.name.unwrap_or_default();
        let (voucher, title) = match (row.gift_card_id, row.coupon_id) {
            (Some(id), _) => (Voucher::GiftCard(id), format!("Gift card ending in {name}")),
            (None, Some(id)) => (Voucher::Coupon(id), format!("Coupon {name}")),
            (None, None) => return Err(VoucherError::fault("a use of nothing")),
        };
        Ok(Self {
            id: row.id,
            voucher,
            title,
            booking: row.booking_id,
            folio: row.folio_id,
            posting: row.posting_id,
            amount: Money::new(row.amount_minor, currency),
            given_back: Money::new(row.given_back_minor, currency),
            used_at: row.used_at,
        })
    }
}
