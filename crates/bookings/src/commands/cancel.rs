use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BookingId, Money};
use motel_tenancy::Property;

use crate::schema::{bookings, reservations};
use crate::{Booking, BookingCancelled, BookingError, BookingStatus, queries, rules};

/// Takes a booking back: its nights are free again, and the fee of the policy is fixed. Two that cancel at once are told
/// apart by the row's lock: the second one gets [`BookingError::AlreadyCancelled`].
pub async fn cancel(
    tx: &mut TenantTx,
    property: &Property,
    id: BookingId,
    now: DateTime<Utc>,
) -> Result<Booking, BookingError> {
    lock(tx, id).await?;
    let booking = queries::find(tx, id).await?;
    check_cancellable(property, &booking, now)?;
    let fee = rules::fee(property, &booking.price, booking.free_until, now)
        .map_err(BookingError::fault)?;
    mark_cancelled(tx, id, fee, now).await?;
    motel_inventory::commands::give_back_nights(tx, booking.stay.unit_group, booking.stay.dates)
        .await?;
    let event = BookingCancelled {
        booking_id: id,
        code: booking.code,
        email: booking.booker.email,
        fee,
    };
    motel_jobs::publish(tx, &event).await?;
    queries::find(tx, id).await
}

/// Locks against other changes, but not against a folio or a reservation being written that points at the row.
async fn lock(tx: &mut TenantTx, id: BookingId) -> Result<(), BookingError> {
    let row = bookings::table
        .find((tx.tenant(), id))
        .select(bookings::id)
        .for_no_key_update();
    let found: Option<BookingId> = row.first(tx.conn()).await.optional()?;
    found.map(|_| ()).ok_or(BookingError::NotFound)
}

fn check_cancellable(
    property: &Property,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<(), BookingError> {
    if booking.status == BookingStatus::Cancelled {
        return Err(BookingError::AlreadyCancelled);
    }
    let today = now.with_timezone(&property.timezone).date_naive();
    if booking.stay.dates.arrival() < today {
        return Err(BookingError::AlreadyBegun);
    }
    Ok(())
}

async fn mark_cancelled(
    tx: &mut TenantTx,
    id: BookingId,
    fee: Money,
    now: DateTime<Utc>,
) -> Result<(), BookingError> {
    diesel::update(bookings::table.find((tx.tenant(), id)))
        .set((
            bookings::status.eq(BookingStatus::Cancelled),
            bookings::cancelled_at.eq(now),
            bookings::cancellation_fee_minor.eq(fee.minor()),
            bookings::version.eq(bookings::version + 1),
        ))
        .execute(tx.conn())
        .await?;
    let stays = reservations::table.filter(
        reservations::tenant_id
            .eq(tx.tenant())
            .and(reservations::booking_id.eq(id)),
    );
    diesel::update(stays)
        .set(reservations::status.eq(BookingStatus::Cancelled))
        .execute(tx.conn())
        .await?;
    Ok(())
}
