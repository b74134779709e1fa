use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Uuid as SqlUuid;
use diesel_async::RunQueryDsl;
use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_kernel::{BookingId, FolioId};

use super::payment_link::withdraw_unfit_link;
use super::post::post;
use crate::model::FolioRow;
use crate::rules::{settle, stays};
use crate::schema::folios;
use crate::{BillingError, Folio, queries};

/// Makes the folio say what the booking says: opened, corrected where the booking changed, complete when the guests have
/// left, and with the fee when a stay came to nothing. Nights are posted by [`super::charge_night`]; until then they are
/// pending. However often and in whatever order the news of a booking arrives, this ends in the same folio: the booking
/// is read anew once it is our turn on the folio.
pub async fn keep_folio(tx: &mut TenantTx, booking: &Booking) -> Result<Folio, BillingError> {
    let folio = turn_on_folio_of(tx, booking).await?;
    let booking = motel_bookings::queries::find(tx, booking.id).await?;
    let posted = queries::postings(tx, &folio).await?;
    let settlement = settle(&posted, &stays(&booking))?;
    post(tx, &folio, &settlement.now).await?;
    withdraw_unfit_link(tx, &folio).await?;
    Ok(folio)
}

/// The folio of a booking, opened if it is the first time, and ours until the end of the transaction.
pub(super) async fn turn_on_folio_of(
    tx: &mut TenantTx,
    booking: &Booking,
) -> Result<Folio, BillingError> {
    if let Some(folio) = take_turn(tx, booking.id).await? {
        return Ok(folio);
    }
    insert(tx, booking).await?;
    let folio = take_turn(tx, booking.id).await?;
    folio.ok_or(BillingError::NotFound("folio"))
}

async fn insert(tx: &mut TenantTx, booking: &Booking) -> Result<(), BillingError> {
    hold_booking(tx, booking.id).await?;
    diesel::insert_into(folios::table)
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
    Ok(())
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
