use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PropertyId;

use crate::model::CouponRow;
use crate::schema::{coupon_uses as uses, coupons as table};
use crate::{Coupon, CouponId, VoucherError};

/// One coupon of a property.
///
/// # Errors
/// [`VoucherError::NotFound`], also for another tenant's.
pub async fn coupon(
    tx: &mut TenantTx,
    property: PropertyId,
    id: CouponId,
) -> Result<Coupon, VoucherError> {
    let row: Option<CouponRow> = table::table
        .find((tx.tenant(), id))
        .filter(table::property_id.eq(property))
        .select(CouponRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    with_uses(tx, row.ok_or(VoucherError::NotFound("coupon"))?).await
}

/// The coupon of a property with this code.
pub(crate) async fn coupon_by_code(
    tx: &mut TenantTx,
    property: PropertyId,
    code: &str,
) -> Result<Option<Coupon>, VoucherError> {
    let row: Option<CouponRow> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::property_id.eq(property))
        .filter(table::code.eq(code))
        .select(CouponRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    match row {
        Some(row) => with_uses(tx, row).await.map(Some),
        None => Ok(None),
    }
}

/// At most `limit` coupons of a property, the oldest first, from the one after `after` on.
pub async fn coupons(
    tx: &mut TenantTx,
    property: PropertyId,
    after: Option<CouponId>,
    limit: i64,
) -> Result<Vec<Coupon>, VoucherError> {
    let mut wanted = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::property_id.eq(property))
        .order(table::id)
        .limit(limit)
        .select(CouponRow::as_select())
        .into_boxed();
    if let Some(after) = after {
        wanted = wanted.filter(table::id.gt(after));
    }
    let rows: Vec<CouponRow> = wanted.load(tx.conn()).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        found.push(with_uses(tx, row).await?);
    }
    Ok(found)
}

async fn with_uses(tx: &mut TenantTx, row: CouponRow) -> Result<Coupon, VoucherError> {
    let (count, taken): (i64, i64) = uses::table
        .filter(uses::tenant_id.eq(tx.tenant()))
        .filter(uses::coupon_id.eq(row.id))
        .filter(uses::taken_off_at.is_null())
        .select((
            count_star(),
            sql::<BigInt>("coalesce(sum(amount_minor), 0)::bigint"),
        ))
        .first(tx.conn())
        .await?;
    row.with_uses(count, taken)
}
