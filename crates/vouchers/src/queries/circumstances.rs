use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use diesel::{QueryableByName, sql_query};
use diesel_async::RunQueryDsl;
use motel_bookings::{Booking, ReservationStatus};
use motel_db::TenantTx;
use motel_kernel::Money;

use crate::rules::{Circumstances, Stay};
use crate::{CouponId, VoucherError};

/// A join with what lies below, which knows no coupons.
const USES_BY_GUEST: &str = "
SELECT count(*) AS uses FROM vouchers.coupon_uses coupon_use
JOIN bookings.bookings booking ON booking.tenant_id = coupon_use.tenant_id AND booking.id = coupon_use.booking_id
WHERE coupon_use.tenant_id = $1 AND coupon_use.coupon_id = $2 AND coupon_use.taken_off_at IS NULL AND booking.guest_id = $3";

#[derive(QueryableByName)]
struct Uses {
    #[diesel(sql_type = BigInt)]
    uses: i64,
}

/// In what circumstances a coupon would be used on a booking of which `owed` is owed.
pub(crate) async fn circumstances(
    tx: &mut TenantTx,
    coupon: CouponId,
    booking: &Booking,
    owed: Money,
    now: DateTime<Utc>,
) -> Result<Circumstances, VoucherError> {
    let property = motel_tenancy::queries::property(tx, booking.property).await;
    let property = property.map_err(VoucherError::fault)?;
    let timezone = property.ok_or(VoucherError::NotFound("property"))?.timezone;
    Ok(Circumstances {
        today: now.with_timezone(&timezone).date_naive(),
        owed,
        spend: booking.total(),
        stands: came_to_something(booking),
        stays: stays(tx, booking).await?,
        other_bookings: other_bookings(tx, booking).await?,
        uses_by_guest: uses_by_guest(tx, coupon, booking).await?,
    })
}

fn came_to_something(booking: &Booking) -> bool {
    use ReservationStatus::{CheckedOut, Confirmed, InHouse};
    matches!(booking.status(), Confirmed | InHouse | CheckedOut)
}

async fn stays(tx: &mut TenantTx, booking: &Booking) -> Result<Vec<Stay>, VoucherError> {
    let groups = motel_inventory::queries::unit_groups(tx, booking.property).await;
    let groups = groups.map_err(VoucherError::fault)?;
    let stays = booking.standing().map(|stay| {
        let group = groups.iter().find(|group| group.id == stay.unit_group);
        Stay {
            dates: stay.dates,
            room_type: group.map_or_else(String::new, |group| group.code.clone()),
            rate_plan: stay.rate_plan.clone(),
        }
    });
    Ok(stays.collect())
}

async fn other_bookings(tx: &mut TenantTx, booking: &Booking) -> Result<i64, VoucherError> {
    let all = motel_bookings::queries::bookings_of(tx, &[booking.booker.guest]).await?;
    let others = all.iter().filter(|other| other.id != booking.id);
    let count = others.filter(|other| came_to_something(other)).count();
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

async fn uses_by_guest(
    tx: &mut TenantTx,
    coupon: CouponId,
    booking: &Booking,
) -> Result<i64, VoucherError> {
    let tenant = tx.tenant();
    let found: Uses = sql_query(USES_BY_GUEST)
        .bind::<SqlUuid, _>(tenant)
        .bind::<SqlUuid, _>(coupon)
        .bind::<SqlUuid, _>(booking.booker.guest)
        .get_result(tx.conn())
        .await?;
    Ok(found.uses)
}
