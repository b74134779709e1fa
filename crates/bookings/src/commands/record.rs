//! The one way a reservation is written: with its version and with a line in its history.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures::join;
use motel_db::{Standing, TenantTx};
use motel_kernel::BookingId;

use super::occasion::Occasion;
use crate::model::{ReservationEventRow, ReservationRow};
use crate::rules::Obstacle;
use crate::schema::{bookings, reservation_events, reservations};
use crate::{BookingError, Change, Reservation, ReservationEventKind, Snapshot};

/// Writes a new reservation and the first line of its history.
pub(crate) async fn insert(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    stay: &Reservation,
    kind: ReservationEventKind,
) -> Result<(), BookingError> {
    let row = ReservationRow::new(tx.tenant(), stay)?;
    let line = line(tx, occasion, None, stay, kind)?;
    // One trip. Both answers are awaited: where the first is a failure the second is too, with less to say.
    let (stay_written, line_written) = join!(write_stay(tx, row), write_line(tx, line));
    stay_written?;
    line_written
}

/// Writes `after` in the place of `before`, one version on, and answers it as it stands then.
///
/// # Errors
/// [`BookingError::Stale`] when `before` is not what stands there any more.
pub(crate) async fn update(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    before: &Reservation,
    mut after: Reservation,
    kind: ReservationEventKind,
) -> Result<Reservation, BookingError> {
    after.version = before.version + 1;
    after.updated_at = occasion.now;
    let standing = reservations::table
        .find((tx.tenant(), before.id))
        .filter(reservations::version.eq(before.version));
    let written = diesel::update(standing).set(ReservationRow::new(tx.tenant(), &after)?);
    let written = Standing(written)
        .execute(tx.conn())
        .await
        .map_err(taken_twice)?;
    if written == 0 {
        return Err(BookingError::Stale);
    }
    write_line(tx, line(tx, occasion, Some(before), &after, kind)?).await?;
    touch_booking(tx, occasion, after.booking).await?;
    Ok(after)
}

/// Writes only the line in the history of a reservation that the caller has written, with its version.
pub(crate) async fn note(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    before: Option<&Reservation>,
    after: &Reservation,
    kind: ReservationEventKind,
) -> Result<(), BookingError> {
    write_line(tx, line(tx, occasion, before, after, kind)?).await
}

/// Raises the version of a booking, and so holds it for the rest of the transaction.
pub(crate) async fn touch_booking(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    booking: BookingId,
) -> Result<(), BookingError> {
    let touched = diesel::update(bookings::table.find((tx.tenant(), booking))).set((
        bookings::version.eq(bookings::version + 1),
        bookings::updated_at.eq(occasion.now),
    ));
    Standing(touched).execute(tx.conn()).await?;
    Ok(())
}

fn line(
    tx: &TenantTx,
    occasion: &Occasion<'_>,
    before: Option<&Reservation>,
    after: &Reservation,
    kind: ReservationEventKind,
) -> Result<ReservationEventRow, BookingError> {
    let change = Change {
        before: before.map(Snapshot::from),
        after: Some(Snapshot::from(after)),
    };
    Ok(ReservationEventRow {
        tenant_id: tx.tenant(),
        reservation_id: after.id,
        seq: after.version,
        booking_id: after.booking,
        kind,
        actor: occasion.by.actor,
        reason: occasion.by.reason.clone(),
        at: occasion.now,
        business_date: occasion.today,
        change: serde_json::to_value(change).map_err(BookingError::fault)?,
    })
}

async fn write_stay(tx: &TenantTx, row: ReservationRow) -> Result<(), BookingError> {
    Standing(diesel::insert_into(reservations::table).values(row))
        .execute(&mut tx.reading())
        .await
        .map_err(taken_twice)?;
    Ok(())
}

async fn write_line(tx: &TenantTx, line: ReservationEventRow) -> Result<(), BookingError> {
    Standing(diesel::insert_into(reservation_events::table).values(line))
        .execute(&mut tx.reading())
        .await?;
    Ok(())
}

/// What the rules look at before is held by the database too.
fn taken_twice(error: diesel::result::Error) -> BookingError {
    use diesel::result::{DatabaseErrorKind, Error};
    let constraint = match &error {
        Error::DatabaseError(kind, info) => {
            let exclusion = matches!(
                kind,
                DatabaseErrorKind::UniqueViolation | DatabaseErrorKind::ExclusionViolation
            );
            info.constraint_name().filter(|_| exclusion)
        }
        _ => None,
    };
    match constraint {
        Some("reservations_one_guest_in_house") => Obstacle::Occupied.into(),
        Some("reservations_one_stay_per_unit") => BookingError::UnitTaken,
        _ => error.into(),
    }
}
