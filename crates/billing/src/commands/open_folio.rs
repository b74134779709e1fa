use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_kernel::FolioId;

use super::payment_link::withdraw_unfit_links;
use super::turn::{open_next, take_turn_on, turn_on_folio_of};
use crate::schema::{folios, routing_rules};
use crate::{BillingError, ChargeClass, Folio, FolioKind, queries};

/// Opens another folio of a booking, for its guests or for a company.
///
/// # Errors
/// [`BillingError::TooManyFolios`].
pub async fn open_folio(
    tx: &mut TenantTx,
    booking: &Booking,
    kind: FolioKind,
    name: &str,
) -> Result<Folio, BillingError> {
    turn_on_folio_of(tx, booking).await?;
    open_next(tx, booking, kind, name).await
}

/// Says anew which charges of a booking that are posted from now on go to which of its folios. What stands is not moved.
///
/// # Errors
/// [`BillingError::NotFound`] for a folio that is not of this booking.
pub async fn put_routing(
    tx: &mut TenantTx,
    booking: &Booking,
    rules: &[(ChargeClass, FolioId)],
) -> Result<(), BillingError> {
    turn_on_folio_of(tx, booking).await?;
    let known = queries::folios(tx, booking.id).await?;
    let is_known = |id: FolioId| known.iter().any(|folio| folio.id == id);
    if rules.iter().any(|(_, folio)| !is_known(*folio)) {
        return Err(BillingError::NotFound("folio"));
    }
    let tenant = tx.tenant();
    let of_booking = routing_rules::table
        .filter(routing_rules::tenant_id.eq(tenant))
        .filter(routing_rules::booking_id.eq(booking.id));
    diesel::delete(of_booking).execute(tx.conn()).await?;
    let rows: Vec<_> = rules
        .iter()
        .map(|(charge, folio)| {
            (
                routing_rules::tenant_id.eq(tenant),
                routing_rules::booking_id.eq(booking.id),
                routing_rules::charge.eq(*charge),
                routing_rules::folio_id.eq(*folio),
            )
        })
        .collect();
    diesel::insert_into(routing_rules::table)
        .values(rows)
        .execute(tx.conn())
        .await?;
    withdraw_unfit_links(tx, booking).await
}

/// Closes a folio that is even: it takes nothing any more.
///
/// # Errors
/// [`BillingError::FolioClosed`], [`BillingError::FolioNotEven`], [`BillingError::NotFound`].
pub async fn close_folio(
    tx: &mut TenantTx,
    id: FolioId,
    now: DateTime<Utc>,
) -> Result<Folio, BillingError> {
    let folio = take_turn_on(tx, id).await?;
    if !folio.is_open() {
        return Err(BillingError::FolioClosed);
    }
    // What is still to come counts: a folio that waits for nights is not even.
    if !queries::balance(tx, &folio).await?.is_zero() || !posted_is_even(tx, &folio).await? {
        return Err(BillingError::FolioNotEven);
    }
    set_closed(tx, id, Some(now)).await
}

/// Opens a closed folio again; an open one stays as it is.
pub async fn reopen_folio(tx: &mut TenantTx, id: FolioId) -> Result<Folio, BillingError> {
    take_turn_on(tx, id).await?;
    set_closed(tx, id, None).await
}

async fn posted_is_even(tx: &mut TenantTx, folio: &Folio) -> Result<bool, BillingError> {
    let sums = queries::folio_sums(tx, &[folio]).await?;
    Ok(sums.values().all(|sum| sum.is_zero()))
}

async fn set_closed(
    tx: &mut TenantTx,
    id: FolioId,
    at: Option<DateTime<Utc>>,
) -> Result<Folio, BillingError> {
    diesel::update(folios::table.find((tx.tenant(), id)))
        .set(folios::closed_at.eq(at))
        .execute(tx.conn())
        .await?;
    let folio = queries::folio_by_id(tx, id).await?;
    folio.ok_or(BillingError::NotFound("folio"))
}
