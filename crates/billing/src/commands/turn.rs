//! Taking turns on the folios of a booking: whoever writes to any of them raises the version of the guests' one first.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Uuid as SqlUuid;
use diesel_async::RunQueryDsl;
use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_kernel::{BookingId, FolioId};

use super::deposit_policy::agree_on_terms;
use crate::model::FolioRow;
use crate::schema::folios;
use crate::{BillingError, Folio, FolioKind, queries};

/// How many folios a booking may have.
const MOST_FOLIOS: i16 = 20;

/// The folio of a booking's guests, opened if it is the first time, and with all others ours until the end of the
/// transaction.
pub(super) async fn turn_on_folio_of(
    tx: &mut TenantTx,
    booking: &Booking,
) -> Result<Folio, BillingError> {
    if let Some(folio) = take_turn(tx, booking.id).await? {
        return Ok(folio);
    }
    hold_booking(tx, booking.id).await?;
    let id = insert(tx, booking, 1, FolioKind::Guest, "Guest").await?;
    let folio = take_turn(tx, booking.id).await?;
    let folio = folio.ok_or(BillingError::NotFound("folio"))?;
    // Else somebody else opened it meanwhile.
    if folio.id == id {
        agree_on_terms(tx, id, booking).await?;
    }
    Ok(folio)
}

/// A folio, which with all others of its booking nobody else writes to until the transaction ends.
///
/// # Errors
/// [`BillingError::NotFound`].
pub async fn hold_folio(tx: &mut TenantTx, id: FolioId) -> Result<Folio, BillingError> {
    take_turn_on(tx, id).await
}

/// The same for a folio known by its id.
pub(super) async fn take_turn_on(tx: &mut TenantTx, id: FolioId) -> Result<Folio, BillingError> {
    let missing = || BillingError::NotFound("folio");
    let folio = queries::folio_by_id(tx, id).await?.ok_or_else(missing)?;
    take_turn(tx, folio.booking).await?;
    // It may have been closed before it was our turn.
    queries::folio_by_id(tx, id).await?.ok_or_else(missing)
}

/// Opens another folio. Whoever calls has the turn.
///
/// # Errors
/// [`BillingError::TooManyFolios`].
pub(super) async fn open_next(
    tx: &mut TenantTx,
    booking: &Booking,
    kind: FolioKind,
    name: &str,
) -> Result<Folio, BillingError> {
    let known = queries::folios(tx, booking.id).await?;
    let last = known.last().map_or(0, |folio| folio.position);
    if last >= MOST_FOLIOS {
        return Err(BillingError::TooManyFolios);
    }
    let id = insert(tx, booking, last.saturating_add(1), kind, name).await?;
    let folio = queries::folio_by_id(tx, id).await?;
    folio.ok_or(BillingError::NotFound("folio"))
}

async fn insert(
    tx: &mut TenantTx,
    booking: &Booking,
    position: i16,
    kind: FolioKind,
    name: &str,
) -> Result<FolioId, BillingError> {
    let id = FolioId::new();
    diesel::insert_into(folios::table)
        .values((
            folios::tenant_id.eq(tx.tenant()),
            folios::id.eq(id),
            folios::booking_id.eq(booking.id),
            folios::currency.eq(booking.total().currency().code()),
            folios::position.eq(position),
            folios::kind.eq(kind),
            folios::name.eq(name),
        ))
        .on_conflict((folios::tenant_id, folios::booking_id, folios::position))
        .do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(id)
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

/// Holds the folios of a booking until the end of the transaction; `None` when it has none.
async fn take_turn(tx: &mut TenantTx, booking: BookingId) -> Result<Option<Folio>, BillingError> {
    let first = folios::table
        .filter(folios::tenant_id.eq(tx.tenant()))
        .filter(folios::booking_id.eq(booking))
        .filter(folios::position.eq(1));
    let row: Option<FolioRow> = diesel::update(first)
        .set(folios::version.eq(folios::version + 1))
        .returning(FolioRow::as_returning())
        .get_result(tx.conn())
        .await
        .optional()?;
    row.map(Folio::try_from).transpose()
}
