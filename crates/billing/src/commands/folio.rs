use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Uuid as SqlUuid;
use diesel_async::RunQueryDsl;
use motel_bookings::{Booking, ReservationStatus};
use motel_db::TenantTx;
use motel_kernel::{BookingId, FolioId};

use super::post::post;
use super::settle_cancellation::settle_cancellation;
use crate::model::FolioRow;
use crate::rules::opening_lines;
use crate::schema::folios;
use crate::{BillingError, Folio};

/// Makes the folio say what the booking says: opened with its charges, and settled when the booking is cancelled.
/// However often and in whatever order the news of a booking arrives, this ends in the same folio.
pub async fn keep_folio(tx: &mut TenantTx, booking: &Booking) -> Result<Folio, BillingError> {
    let folio = open_folio_for_booking(tx, booking).await?;
    if booking.status() == ReservationStatus::Cancelled {
        settle_cancellation(tx, booking, &folio).await?;
    }
    Ok(folio)
}

/// The folio of a booking. Whoever opens it posts a line for each night, the pet fee and the tax in the same
/// transaction, so a folio is never without its charges.
pub async fn open_folio_for_booking(
    tx: &mut TenantTx,
    booking: &Booking,
) -> Result<Folio, BillingError> {
    if let Some(folio) = take_turn(tx, booking.id).await? {
        return Ok(folio);
    }
    let opened = insert(tx, booking).await?;
    let folio = take_turn(tx, booking.id).await?;
    let folio = folio.ok_or(BillingError::NotFound("folio"))?;
    if opened == 1 {
        post(tx, &folio, &opening_lines(booking)?).await?;
    }
    Ok(folio)
}

async fn insert(tx: &mut TenantTx, booking: &Booking) -> Result<usize, BillingError> {
    hold_booking(tx, booking.id).await?;
    let opened = diesel::insert_into(folios::table)
        .values((
            folios::tenant_id.eq(tx.tenant()),
            folios::id.eq(FolioId::new()),
            folios::booking_id.eq(booking.id),
            folios::currency.eq(booking.total().currency().code()),
        ))
        .on_conflict((folios::tenant_id, folios::booking_id))
        .do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(opened)
}

/// Whoever cancels holds the booking and then wants the folio, so whoever opens a folio must wait for the booking
/// first: the foreign key alone would ask for it last, and the two would wait for each other.
async fn hold_booking(tx: &mut TenantTx, booking: BookingId) -> Result<(), BillingError> {
    let tenant = tx.tenant();
    sql_query("SELECT FROM bookings.bookings WHERE tenant_id = $1 AND id = $2 FOR KEY SHARE")
        .bind::<SqlUuid, _>(tenant)
        .bind::<SqlUuid, _>(booking)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Holds the folio until the end of the transaction: its writers take turns.
async fn take_turn(tx: &mut TenantTx, booking: BookingId) -> Result<Option<Folio>, BillingError> {
    let of_booking = folios::table
        .filter(folios::tenant_id.eq(tx.tenant()))
        .filter(folios::booking_id.eq(booking));
    let row: Option<FolioRow> = diesel::update(of_booking)
        .set(folios::version.eq(folios::version + 1))
        .returning(FolioRow::as_returning())
        .get_result(tx.conn())
        .await
        .optional()?;
    row.map(Folio::try_from).transpose()
}

/// The same for a folio known by its id.
pub(super) async fn take_turn_on(tx: &mut TenantTx, id: FolioId) -> Result<Folio, BillingError> {
    let row: FolioRow = diesel::update(folios::table.find((tx.tenant(), id)))
        .set(folios::version.eq(folios::version + 1))
        .returning(FolioRow::as_returning())
        .get_result(tx.conn())
        .await?;
    row.try_into()
}
