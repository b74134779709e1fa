//! Reading bookings. Nothing here writes.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BookingCode, BookingId, Email, QuoteId};

use crate::model::{BookingRow, QuoteRow, StayRow};
use crate::schema::{bookings, quotes, reservations};
use crate::{Booking, BookingError, BookingStatus, Quote};

/// The most bookings one list answers.
const LONGEST_LIST: i64 = 200;

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

/// A quote that is still honoured at `now`.
pub async fn standing_quote(
    tx: &mut TenantTx,
    id: QuoteId,
    now: DateTime<Utc>,
) -> Result<Quote, BookingError> {
    let row: Option<QuoteRow> = quotes::table
        .filter(quotes::tenant_id.eq(tx.tenant()).and(quotes::id.eq(id)))
        .filter(quotes::expires_at.gt(now))
        .select(QuoteRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.ok_or(BookingError::QuoteExpired)?.into_quote()
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
    with_stays(tx, rows).await
}

/// Confirmed bookings whose guests come on `day`.
pub async fn arrivals(tx: &mut TenantTx, day: NaiveDate) -> Result<Vec<Booking>, BookingError> {
    let ids = reservations::table
        .filter(
            reservations::tenant_id
                .eq(tx.tenant())
                .and(reservations::arrival.eq(day)),
        )
        .filter(reservations::status.eq(BookingStatus::Confirmed))
        .select(reservations::booking_id)
        .limit(LONGEST_LIST)
        .load(tx.conn())
        .await?;
    by_ids(tx, ids).await
}

/// Confirmed bookings whose guests leave on `day`.
pub async fn departures(tx: &mut TenantTx, day: NaiveDate) -> Result<Vec<Booking>, BookingError> {
    let ids = reservations::table
        .filter(
            reservations::tenant_id
                .eq(tx.tenant())
                .and(reservations::departure.eq(day)),
        )
        .filter(reservations::status.eq(BookingStatus::Confirmed))
        .select(reservations::booking_id)
        .limit(LONGEST_LIST)
        .load(tx.conn())
        .await?;
    by_ids(tx, ids).await
}

/// How many confirmed stays include the night of `day`.
pub async fn stays_on(tx: &mut TenantTx, day: NaiveDate) -> Result<i64, BookingError> {
    let count = reservations::table
        .filter(reservations::tenant_id.eq(tx.tenant()))
        .filter(reservations::status.eq(BookingStatus::Confirmed))
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

async fn by_ids(tx: &mut TenantTx, ids: Vec<BookingId>) -> Result<Vec<Booking>, BookingError> {
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
    with_stays(tx, rows).await
}

async fn one(tx: &mut TenantTx, row: Option<BookingRow>) -> Result<Booking, BookingError> {
    let rows = vec![row.ok_or(BookingError::NotFound)?];
    with_stays(tx, rows)
        .await?
        .pop()
        .ok_or(BookingError::NotFound)
}

async fn with_stays(
    tx: &mut TenantTx,
    rows: Vec<BookingRow>,
) -> Result<Vec<Booking>, BookingError> {
    let ids: Vec<BookingId> = rows.iter().map(|row| row.id).collect();
    let stays = reservations::table
        .filter(
            reservations::tenant_id
                .eq(tx.tenant())
                .and(reservations::booking_id.eq_any(ids)),
        )
        .select(StayRow::as_select())
        .load(tx.conn())
        .await?;
    let mut stays: HashMap<BookingId, StayRow> = stays
        .into_iter()
        .map(|stay| (stay.booking_id, stay))
        .collect();
    let joined = rows
        .into_iter()
        .filter_map(|row| stays.remove(&row.id).map(|stay| (row, stay)));
    joined
        .map(|(row, stay)| row.into_booking(stay.into_stay()?))
        .collect()
}
