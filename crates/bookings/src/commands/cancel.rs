use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::BookingId;
use motel_tenancy::Property;

use super::claims;
use super::occasion::Occasion;
use super::record;
use crate::schema::reservations;
use crate::{
    Booking, BookingCancelled, BookingError, By, Cancellation, Reservation, ReservationEventKind,
    ReservationStatus, queries,
};

/// Takes a booking back, with all of its reservations that stand: their nights are free again, and the fees of the terms
/// they were booked on are fixed. Two that cancel at once are told apart by the rows' locks: the second one gets
/// [`BookingError::AlreadyCancelled`].
pub async fn cancel(
    tx: &mut TenantTx,
    property: &Property,
    id: BookingId,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Booking, BookingError> {
    let seen = queries::find(tx, id).await?;
    lock(tx, id).await?;
    let booking = queries::find(tx, id).await?;
    check_cancellable(property, &booking, now)?;
    let occasion = Occasion::of(tx, property, by, now).await?;
    let nights = booking.standing().map(|it| (it.unit_group, it.dates));
    claims::give_back(tx, nights.collect()).await?;
    for stay in booking.standing() {
        let after = Reservation {
            status: ReservationStatus::Cancelled,
            cancellation: Some(Cancellation {
                at: now,
                fee: stay.cancellation_fee(now),
            }),
            ..stay.clone()
        };
        record::update(tx, &occasion, stay, after, ReservationEventKind::Cancelled).await?;
    }
    let cancelled = queries::find(tx, id).await?;
    let event = BookingCancelled {
        booking_id: id,
        code: seen.code,
        email: seen.booker.email,
        fee: booking.cancellation_fee(now),
    };
    motel_jobs::publish(tx, &event).await?;
    Ok(cancelled)
}

/// Locks against other changes, but not against a folio being written that points at the booking.
async fn lock(tx: &mut TenantTx, id: BookingId) -> Result<(), BookingError> {
    let _: Vec<motel_kernel::ReservationId> = reservations::table
        .filter(
            reservations::tenant_id
                .eq(tx.tenant())
                .and(reservations::booking_id.eq(id)),
        )
        .order(reservations::id)
        .select(reservations::id)
        .for_no_key_update()
        .load(tx.conn())
        .await?;
    Ok(())
}

fn check_cancellable(
    property: &Property,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<(), BookingError> {
    if booking.status() == ReservationStatus::Cancelled {
        return Err(BookingError::AlreadyCancelled);
    }
    let today = now.with_timezone(&property.timezone).date_naive();
    if booking.standing().any(|it| it.dates.arrival() < today) {
        return Err(BookingError::AlreadyBegun);
    }
    Ok(())
}
