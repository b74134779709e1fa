use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::{Booking, BookingStatus};
use motel_db::TenantTx;
use motel_kernel::FolioId;

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
    if booking.status == BookingStatus::Cancelled {
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
    let opened = diesel::insert_into(folios::table)
        .values((
            folios::tenant_id.eq(tx.tenant()),
            folios::id.eq(FolioId::new()),
            folios::booking_id.eq(booking.id),
            folios::currency.eq(booking.price.total.currency().code()),
        ))
        .on_conflict((folios::tenant_id, folios::booking_id))
        .do_nothing()
        .execute(tx.conn())
        .await?;
    let folio = take_turn(tx, booking).await?;
    if opened == 1 {
        post(tx, &folio, &opening_lines(booking)?).await?;
    }
    Ok(folio)
}

/// Holds the folio until the end of the transaction: its writers take turns.
async fn take_turn(tx: &mut TenantTx, booking: &Booking) -> Result<Folio, BillingError> {
    let of_booking = folios::table
        .filter(folios::tenant_id.eq(tx.tenant()))
        .filter(folios::booking_id.eq(booking.id));
    let row: FolioRow = diesel::update(of_booking)
        .set(folios::version.eq(folios::version + 1))
        .returning(FolioRow::as_returning())
        .get_result(tx.conn())
        .await?;
    row.try_into()
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
