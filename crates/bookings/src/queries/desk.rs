use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use super::LONGEST_LIST;
use super::bookings::by_ids;
use crate::schema::reservations;
use crate::{Booking, BookingError, ReservationStatus};

/// Still to come, or in the house.
const EXPECTED: [ReservationStatus; 2] = [ReservationStatus::Confirmed, ReservationStatus::InHouse];

/// Bookings of which some guest comes on `day`.
pub async fn arrivals(tx: &mut TenantTx, day: NaiveDate) -> Result<Vec<Booking>, BookingError> {
    let ids = reservations::table
        .filter(
            reservations::tenant_id
                .eq(tx.tenant())
                .and(reservations::arrival.eq(day)),
        )
        .filter(reservations::status.eq_any(EXPECTED))
        .select(reservations::booking_id)
        .limit(LONGEST_LIST)
        .load(tx.conn())
        .await?;
    by_ids(tx, ids).await
}

/// Bookings of which some guest leaves on `day`.
pub async fn departures(tx: &mut TenantTx, day: NaiveDate) -> Result<Vec<Booking>, BookingError> {
    let ids = reservations::table
        .filter(
            reservations::tenant_id
                .eq(tx.tenant())
                .and(reservations::departure.eq(day)),
        )
        .filter(reservations::status.eq_any(EXPECTED))
        .select(reservations::booking_id)
        .limit(LONGEST_LIST)
        .load(tx.conn())
        .await?;
    by_ids(tx, ids).await
}

/// How many stays that are sold include the night of `day`.
pub async fn stays_on(tx: &mut TenantTx, day: NaiveDate) -> Result<i64, BookingError> {
    let count = reservations::table
        .filter(reservations::tenant_id.eq(tx.tenant()))
        .filter(reservations::status.eq_any(EXPECTED))
        .filter(
            reservations::arrival
                .le(day)
                .and(reservations::departure.gt(day)),
        )
        .count()
        .get_result(tx.conn())
        .await?;
    Ok(count)
}
