use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BookingCode, GuestId, PropertyId, ReservationId};

use super::bookings::with_reservations;
use crate::model::{BookingRow, ReservationRow};
use crate::schema::{bookings, reservations};
use crate::{Booking, BookingError, Reservation};

/// All bookings of these guests, the oldest first.
pub async fn bookings_of(
    tx: &mut TenantTx,
    guests: &[GuestId],
) -> Result<Vec<Booking>, BookingError> {
    let rows = bookings::table
        .filter(bookings::tenant_id.eq(tx.tenant()))
        .filter(bookings::guest_id.eq_any(guests))
        .order(bookings::id)
        .select(BookingRow::as_select())
        .load(tx.conn())
        .await?;
    with_reservations(tx, rows).await
}

/// A guest's stays at a property with the codes they were booked under, the latest arrival first; at most `limit`, beginning
/// after (that is, earlier than) `after`.
pub async fn stays_of(
    tx: &mut TenantTx,
    property: PropertyId,
    guest: GuestId,
    after: Option<(NaiveDate, ReservationId)>,
    limit: i64,
) -> Result<Vec<(BookingCode, Reservation)>, BookingError> {
    let same_booking = bookings::tenant_id
        .eq(reservations::tenant_id)
        .and(bookings::id.eq(reservations::booking_id));
    let mut wanted = bookings::table
        .inner_join(reservations::table.on(same_booking))
        .filter(bookings::tenant_id.eq(tx.tenant()))
        .filter(bookings::guest_id.eq(guest))
        .filter(reservations::property_id.eq(property))
        .order((reservations::arrival.desc(), reservations::id.desc()))
        .limit(limit)
        .select((bookings::code, ReservationRow::as_select()))
        .into_boxed();
    if let Some((arrival, id)) = after {
        let that_day = reservations::arrival
            .eq(arrival)
            .and(reservations::id.lt(id));
        wanted = wanted.filter(reservations::arrival.lt(arrival).or(that_day));
    }
    let rows: Vec<(BookingCode, ReservationRow)> = wanted.load(tx.conn()).await?;
    rows.into_iter()
        .map(|(code, row)| Ok((code, row.into_reservation()?)))
        .collect()
}
