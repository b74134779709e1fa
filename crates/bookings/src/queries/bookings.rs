use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BookingCode, BookingId, Email};

use super::LONGEST_LIST;
use crate::model::{BookingRow, ReservationRow};
use crate::schema::{bookings, reservations};
use crate::{Booking, BookingError, Reservation};

/// One booking by its id.
pub async fn find(tx: &mut TenantTx, id: BookingId) -> Result<Booking, BookingError> {
    let row = bookings::table
        .filter(bookings::tenant_id.eq(tx.tenant()).and(bookings::id.eq(id)))
        .select(BookingRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    one(tx, row).await
}

/// One booking by its code, for staff.
pub async fn find_by_code(tx: &mut TenantTx, code: &BookingCode) -> Result<Booking, BookingError> {
    let row = bookings::table
        .filter(
            bookings::tenant_id
                .eq(tx.tenant())
                .and(bookings::code.eq(code)),
        )
        .select(BookingRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    one(tx, row).await
}

/// One booking for its guest: the e-mail address it was made with is the proof. A wrong address and a wrong code are
/// the same answer, [`BookingError::NotFound`], so that codes cannot be fished for.
pub async fn find_for_guest(
    tx: &mut TenantTx,
    code: &BookingCode,
    email: &Email,
) -> Result<Booking, BookingError> {
    let booking = find_by_code(tx, code).await?;
    if booking.booker.email == *email {
        Ok(booking)
    } else {
        Err(BookingError::NotFound)
    }
}

/// The newest bookings first, at most `limit` of them.
pub async fn newest(tx: &mut TenantTx, limit: i64) -> Result<Vec<Booking>, BookingError> {
    let rows = bookings::table
        .filter(bookings::tenant_id.eq(tx.tenant()))
        .order((bookings::created_at.desc(), bookings::id.desc()))
        .limit(limit.clamp(0, LONGEST_LIST))
        .select(BookingRow::as_select())
        .load(tx.conn())
        .await?;
    with_reservations(tx, rows).await
}

/// These bookings, by the name of who booked.
pub(super) async fn by_ids(
    tx: &mut TenantTx,
    ids: Vec<BookingId>,
) -> Result<Vec<Booking>, BookingError> {
    let rows = bookings::table
        .filter(
            bookings::tenant_id
                .eq(tx.tenant())
                .and(bookings::id.eq_any(ids)),
        )
        .order((bookings::booker_name, bookings::id))
        .select(BookingRow::as_select())
        .load(tx.conn())
        .await?;
    with_reservations(tx, rows).await
}

async fn one(tx: &mut TenantTx, row: Option<BookingRow>) -> Result<Booking, BookingError> {
    let rows = vec![row.ok_or(BookingError::NotFound)?];
    with_reservations(tx, rows)
        .await?
        .pop()
        .ok_or(BookingError::NotFound)
}

/// The bookings of these rows, in their order. A row without reservations is left out: there is none such.
pub(super) async fn with_reservations(
    tx: &mut TenantTx,
    rows: Vec<BookingRow>,
) -> Result<Vec<Booking>, BookingError> {
    let ids: Vec<BookingId> = rows.iter().map(|row| row.id).collect();
    let found: Vec<ReservationRow> = reservations::table
        .filter(
            reservations::tenant_id
                .eq(tx.tenant())
                .and(reservations::booking_id.eq_any(ids)),
        )
        .order((reservations::booking_id, reservations::ordinal))
        .select(ReservationRow::as_select())
        .load(tx.conn())
        .await?;
    let mut stays: HashMap<BookingId, Vec<Reservation>> = HashMap::new();
    for row in found {
        let booking = row.booking_id;
        stays
            .entry(booking)
            .or_default()
            .push(row.into_reservation()?);
    }
    let joined = rows
        .into_iter()
        .filter_map(|row| stays.remove(&row.id).map(|stays| row.into_booking(stays)));
    Ok(joined.collect())
}
