use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::ReservationId;

use crate::model::{ReservationEventRow, ReservationRow};
use crate::schema::{reservation_events, reservations};
use crate::{BookingError, Reservation, ReservationEvent};

/// One reservation by its id.
pub async fn reservation(
    tx: &mut TenantTx,
    id: ReservationId,
) -> Result<Reservation, BookingError> {
    let row: Option<ReservationRow> = reservations::table
        .find((tx.tenant(), id))
        .select(ReservationRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.ok_or(BookingError::NotFound)?.into_reservation()
}

/// The whole history of a reservation, oldest first.
pub async fn events(
    tx: &mut TenantTx,
    id: ReservationId,
) -> Result<Vec<ReservationEvent>, BookingError> {
    let rows: Vec<ReservationEventRow> = reservation_events::table
        .filter(reservation_events::tenant_id.eq(tx.tenant()))
        .filter(reservation_events::reservation_id.eq(id))
        .order(reservation_events::seq)
        .select(ReservationEventRow::as_select())
        .load(tx.conn())
        .await?;
    rows.into_iter()
        .map(ReservationEventRow::into_event)
        .collect()
}
