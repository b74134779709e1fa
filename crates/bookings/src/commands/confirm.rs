use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::{BookingId, ReservationId};
use motel_tenancy::Property;

use super::change;
use super::occasion::Occasion;
use super::promo;
use crate::rules::{Obstacle, ReservationAction};
use crate::{
    Booking, BookingConfirmed, BookingError, By, Effect, Reservation, ReservationChanged,
    ReservationEventKind, ReservationStatus, queries,
};

/// Makes every hold of a booking a sale, or none.
///
/// # Errors
/// [`BookingError::NotAllowed`] when nothing is held, or a hold is over.
pub async fn confirm_booking(
    tx: &mut TenantTx,
    property: &Property,
    id: BookingId,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Booking, BookingError> {
    let seen = queries::find(tx, id).await?;
    let held = seen.reservations.iter();
    let mut held: Vec<ReservationId> = held
        .filter(|stay| stay.status == ReservationStatus::Held)
        .map(|stay| stay.id)
        .collect();
    if held.is_empty() {
        return Err(Obstacle::Status(seen.status()).into());
    }
    held.sort();
    let occasion = Occasion::of(tx, property, by, now).await?;
    for stay in held {
        confirm_one(tx, &occasion, stay, None).await?;
    }
    tell(tx, &seen).await
}

/// Makes one hold a sale. The nights are its own already, so this cannot be sold out.
///
/// # Errors
/// [`BookingError::NotAllowed`] when it is no hold, or is over.
pub async fn confirm(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let booking = queries::reservation(tx, id).await?.booking;
    let seen = queries::find(tx, booking).await?;
    let occasion = Occasion::of(tx, property, by, now).await?;
    let effect = confirm_one(tx, &occasion, id, expected).await?;
    tell(tx, &seen).await?;
    Ok(effect)
}

async fn confirm_one(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    id: ReservationId,
    expected: Option<i32>,
) -> Result<Effect, BookingError> {
    let stay = change::lock_row_at(tx, id, expected).await?;
    change::permit(tx, occasion, ReservationAction::Confirm, &stay, false).await?;
    let after = Reservation {
        status: ReservationStatus::Confirmed,
        hold_expires_at: None,
        ..stay.clone()
    };
    let kind = ReservationEventKind::Confirmed;
    let effect = change::apply(tx, occasion, &stay, after, kind).await?;
    motel_jobs::publish(tx, &ReservationChanged::from(&effect.reservation)).await?;
    Ok(effect)
}

/// Tells of a booking when it is confirmed for the first time.
async fn tell(tx: &mut TenantTx, before: &Booking) -> Result<Booking, BookingError> {
    let booking = queries::find(tx, before.id).await?;
    let sold =
        |stay: &Reservation| stay.status.takes_nights() && stay.status != ReservationStatus::Held;
    if !before.reservations.iter().any(sold) {
        promo::count(tx, &booking).await?;
        motel_jobs::publish(tx, &BookingConfirmed::from(&booking)).await?;
    }
    Ok(booking)
}
