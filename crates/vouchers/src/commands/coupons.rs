use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as SqlError};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PropertyId;

use super::locked::locked_coupon;
use crate::model::CouponColumns;
use crate::schema::{coupon_uses, coupons};
use crate::{Coupon, CouponDetails, CouponId, VoucherError, queries};

/// Makes a coupon.
///
/// # Errors
/// [`VoucherError::CodeTaken`].
pub async fn create_coupon(
    tx: &mut TenantTx,
    property: PropertyId,
    details: &CouponDetails,
) -> Result<Coupon, VoucherError> {
    let id = CouponId::fresh();
    let row = (
        coupons::tenant_id.eq(tx.tenant()),
        coupons::id.eq(id),
        coupons::property_id.eq(property),
        CouponColumns::from(details),
    );
    diesel::insert_into(coupons::table)
        .values(row)
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, details))?;
    queries::coupon(tx, property, id).await
}

/// Makes a coupon that was never used say something else. With `expected` only if that is still its version.
///
/// # Errors
/// [`VoucherError::CouponUsed`], [`VoucherError::Stale`], [`VoucherError::CodeTaken`], [`VoucherError::NotFound`].
pub async fn change_coupon(
    tx: &mut TenantTx,
    property: PropertyId,
    id: CouponId,
    details: &CouponDetails,
    expected: Option<i32>,
) -> Result<Coupon, VoucherError> {
    let found = locked_coupon(tx, property, id).await?;
    check_version(&found, expected)?;
    let uses: i64 = coupon_uses::table
        .filter(coupon_uses::tenant_id.eq(tx.tenant()))
        .filter(coupon_uses::coupon_id.eq(id))
        .count()
        .get_result(tx.conn())
        .await?;
    if uses > 0 {
        return Err(VoucherError::CouponUsed);
    }
    diesel::update(coupons::table.find((tx.tenant(), id)))
        .set((
            CouponColumns::from(details),
            coupons::version.eq(coupons::version + 1),
        ))
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, details))?;
    queries::coupon(tx, property, id).await
}

/// Ends a coupon: it can't be used any more, and stays where it was used. Ending it again changes nothing.
///
/// # Errors
/// [`VoucherError::NotFound`], [`VoucherError::Stale`].
pub async fn end_coupon(
    tx: &mut TenantTx,
    property: PropertyId,
    id: CouponId,
    expected: Option<i32>,
    now: DateTime<Utc>,
) -> Result<Coupon, VoucherError> {
    let found = locked_coupon(tx, property, id).await?;
    check_version(&found, expected)?;
    if found.ended_at.is_none() {
        diesel::update(coupons::table.find((tx.tenant(), id)))
            .set((
                coupons::ended_at.eq(now),
                coupons::version.eq(coupons::version + 1),
            ))
            .execute(tx.conn())
            .await?;
    }
    queries::coupon(tx, property, id).await
}

fn check_version(found: &Coupon, expected: Option<i32>) -> Result<(), VoucherError> {
    match expected {
        Some(version) if version != found.version => Err(VoucherError::Stale),
        _ => Ok(()),
    }
}

fn refusal(error: SqlError, details: &CouponDetails) -> VoucherError {
    match error {
        SqlError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => {
            VoucherError::CodeTaken(details.code.clone())
        }
        other => other.into(),
    }
}
