use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::{BookingId, ReservationId};
use motel_tenancy::Property;

use super::change;
use super::claims;
use super::occasion::Occasion;
use super::promo;
use crate::rules::{Obstacle, ReservationAction};
use crate::{
    Booking, BookingCancelled, BookingError, By, Cancellation, Effect, Reservation,
    ReservationCancelled, ReservationEventKind, ReservationStatus, queries,
};

/// Takes a booking back, with all of its reservations that are still to come: their nights are free again, and the fees
/// of the terms they were booked on are fixed. Two that cancel at once are told apart by the rows' locks: the second one
/// hears `already_cancelled`.
pub async fn cancel(
    tx: &mut TenantTx,
    property: &Property,
    id: BookingId,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Booking, BookingError> {
    cancel_all(tx, property, id, by, now).await?;
    queries::find(tx, id).await
}

/// The same, answering what it did to each reservation.
///
/// # Errors
/// [`BookingError::NotAllowed`], and nothing is cancelled, when one that stands cannot be: its guest is in the house, say.
pub async fn cancel_all(
    tx: &mut TenantTx,
    property: &Property,
    id: BookingId,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Vec<Effect>, BookingError> {
    let seen = queries::find(tx, id).await?;
    let over = seen.status();
    if !over.takes_nights() {
        return Err(Obstacle::Status(over).into());
    }
    let nights: Vec<_> = seen
        .standing()
        .map(|it| (it.unit_group, it.dates))
        .collect();
    claims::lock(tx, &nights).await?;
    let mut stays: Vec<ReservationId> = seen.standing().map(|it| it.id).collect();
    stays.sort();
    let occasion = Occasion::of(tx, property, by, now).await?;
    let mut effects = Vec::with_capacity(stays.len());
    for stay in stays {
        effects.push(cancel_one(tx, &occasion, stay, None).await?);
    }
    tell_if_all(tx, id, &seen).await?;
    Ok(effects)
}

/// Takes one reservation back; the others of its booking stand.
pub async fn cancel_reservation(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let booking = queries::reservation(tx, id).await?.booking;
    let seen = queries::find(tx, booking).await?;
    let effect = cancel_one(tx, &occasion, id, expected).await?;
    tell_if_all(tx, booking, &seen).await?;
    Ok(effect)
}

async fn cancel_one(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    id: ReservationId,
    expected: Option<i32>,
) -> Result<Effect, BookingError> {
    let stay = change::lock(tx, id, expected, |_| None).await?;
    change::permit(tx, occasion, ReservationAction::Cancel, &stay, false).await?;
    let after = Reservation {
        status: ReservationStatus::Cancelled,
        cancellation: Some(Cancellation {
            at: occasion.now,
            fee: stay.cancellation_fee(occasion.now),
        }),
        ..stay.clone()
    };
    let kind = ReservationEventKind::Cancelled;
    let effect = change::apply(tx, occasion, &stay, after, kind).await?;
    motel_jobs::publish(tx, &ReservationCancelled::from(&effect.reservation)).await?;
    Ok(effect)
}

/// The guest is told when nothing of a booking that was confirmed is left. A hold that is given up is no news.
async fn tell_if_all(
    tx: &mut TenantTx,
    id: BookingId,
    before: &Booking,
) -> Result<(), BookingError> {
    let booking = queries::find(tx, id).await?;
    let Some(cancelled) = booking.cancellation() else {
        return Ok(());
    };
    if before.status() == ReservationStatus::Held {
        return Ok(());
    }
    promo::give_back(tx, &booking).await?;
    let event = BookingCancelled {
        booking_id: id,
        code: booking.code,
        email: booking.booker.email,
        fee: cancelled.fee,
    };
    motel_jobs::publish(tx, &event).await?;
    Ok(())
}
