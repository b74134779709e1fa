//! The one way a reservation is written: with its version and with a line in its history.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::BookingId;

use super::occasion::Occasion;
use crate::model::{ReservationEventRow, ReservationRow};
use crate::schema::{bookings, reservation_events, reservations};
use crate::{BookingError, Change, Reservation, ReservationEventKind, Snapshot};

/// Writes new reservations and the first line of the history of each.
pub(crate) async fn insert(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    stays: &[Reservation],
    kind: ReservationEventKind,
) -> Result<(), BookingError> {
    let tenant = tx.tenant();
    let rows: Vec<ReservationRow> = stays
        .iter()
        .map(|stay| ReservationRow::new(tenant, stay))
        .collect::<Result<_, _>>()?;
    diesel::insert_into(reservations::table)
        .values(rows)
        .execute(tx.conn())
        .await?;
    let lines: Vec<ReservationEventRow> = stays
        .iter()
        .map(|stay| line(tx, occasion, None, stay, kind))
        .collect::<Result<_, _>>()?;
    diesel::insert_into(reservation_events::table)
        .values(lines)
        .execute(tx.conn())
        .await?;
    Ok(())
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
    let written = diesel::update(standing)
        .set(ReservationRow::new(tx.tenant(), &after)?)
        .execute(tx.conn())
        .await?;
    if written == 0 {
        return Err(BookingError::Stale);
    }
    let line = line(tx, occasion, Some(before), &after, kind)?;
    diesel::insert_into(reservation_events::table)
        .values(line)
        .execute(tx.conn())
        .await?;
    touch_booking(tx, occasion, after.booking).await?;
    Ok(after)
}

/// Raises the version of a booking, and so holds it for the rest of the transaction.
pub(crate) async fn touch_booking(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    booking: BookingId,
) -> Result<(), BookingError> {
    diesel::update(bookings::table.find((tx.tenant(), booking)))
        .set((
            bookings::version.eq(bookings::version + 1),
            bookings::updated_at.eq(occasion.now),
        ))
        .execute(tx.conn())
        .await?;
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
