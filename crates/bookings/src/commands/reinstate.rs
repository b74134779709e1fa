use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::ReservationId;
use motel_tenancy::Property;

use super::change;
use super::occasion::Occasion;
use crate::rules::ReservationAction;
use crate::{
    BookingError, By, Effect, Reservation, ReservationEventKind, ReservationReinstated,
    ReservationStatus, queries,
};

/// Lets a reservation that was cancelled, expired or not used stand again, confirmed and at the price that was agreed,
/// as far as its nights are still for sale.
///
/// # Errors
/// [`BookingError::SoldOut`]; [`BookingError::NotAllowed`] once the stay would be over.
pub async fn reinstate(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let stay = change::lock(tx, id, expected, |_| None).await?;
    change::permit(tx, &occasion, ReservationAction::Reinstate, &stay, false).await?;
    let after = standing_again(&stay, ReservationStatus::Confirmed);
    let kind = ReservationEventKind::Reinstated;
    let effect = change::apply(tx, &occasion, &stay, after, kind).await?;
    motel_jobs::publish(tx, &ReservationReinstated::from(&effect.reservation)).await?;
    Ok(effect)
}

/// Takes back a check-in, a check-out, a cancellation or a no-show on the business date on which it happened, as far as
/// the nights are still for sale and the unit is still free.
///
/// # Errors
/// [`BookingError::NotAllowed`], [`BookingError::SoldOut`].
pub async fn undo(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let stay = change::lock(tx, id, expected, |_| None).await?;
    change::permit(tx, &occasion, ReservationAction::Undo, &stay, false).await?;
    let history = queries::events(tx, id).await?;
    let before = history.last().and_then(|last| last.change.before.as_ref());
    let usual = crate::rules::after(ReservationAction::Undo, stay.status);
    let status = before.map(|seen| seen.status).or(usual);
    let after = standing_again(&stay, status.unwrap_or(stay.status));
    let kind = ReservationEventKind::Undone;
    let effect = change::apply(tx, &occasion, &stay, after, kind).await?;
    if stay.status.takes_nights() {
        motel_jobs::publish(tx, &crate::ReservationChanged::from(&effect.reservation)).await?;
    } else {
        motel_jobs::publish(tx, &ReservationReinstated::from(&effect.reservation)).await?;
    }
    Ok(effect)
}

fn standing_again(stay: &Reservation, status: ReservationStatus) -> Reservation {
    let keep = |moment: Option<DateTime<Utc>>, kept: bool| moment.filter(|_| kept);
    Reservation {
        status,
        cancellation: None,
        hold_expires_at: keep(stay.hold_expires_at, status == ReservationStatus::Held),
        checked_in_at: keep(stay.checked_in_at, status == ReservationStatus::InHouse),
        checked_out_at: None,
        ..stay.clone()
    }
}
