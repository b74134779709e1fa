use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::{BookingId, ReservationId};
use motel_tenancy::Property;

use super::change;
use super::occasion::Occasion;
use crate::rules::{Obstacle, ReservationAction};
use crate::{
    BookingError, By, Effect, GuestLedger, Reservation, ReservationCheckedOut,
    ReservationEventKind, ReservationStatus, queries,
};

/// Notes that the guest has left, on the day of departure or in the night before it. Who leaves earlier lets the stay end
/// earlier first. What they owe is not looked at here: that is [`settled_up`].
///
/// # Errors
/// [`BookingError::NotAllowed`].
pub async fn check_out(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let stay = change::lock_row_at(tx, id, expected).await?;
    change::permit(tx, &occasion, ReservationAction::CheckOut, &stay, false).await?;
    let after = Reservation {
        status: ReservationStatus::CheckedOut,
        checked_out_at: Some(now),
        ..stay.clone()
    };
    let kind = ReservationEventKind::CheckedOut;
    let effect = change::apply(tx, &occasion, &stay, after, kind).await?;
    motel_jobs::publish(tx, &ReservationCheckedOut::from(&effect.reservation)).await?;
    Ok(effect)
}

/// Refuses to let the last guests of a booking go while they owe something. To be called in the transaction of
/// [`check_out`], after it.
///
/// # Errors
/// [`BookingError::NotAllowed`] with [`Obstacle::Owes`].
pub async fn settled_up(
    tx: &mut TenantTx,
    ledger: &dyn GuestLedger,
    booking: BookingId,
) -> Result<(), BookingError> {
    let booking = queries::find(tx, booking).await?;
    let others_stay = booking.reservations.iter().any(|it| it.status.is_to_come());
    if others_stay {
        return Ok(());
    }
    let owed = ledger.owed(tx, &booking).await;
    let owed = owed.map_err(BookingError::fault)?;
    match owed.is_zero() {
        true => Ok(()),
        false => Err(Obstacle::Owes(owed).into()),
    }
}
