use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::ReservationId;
use motel_tenancy::Property;

use super::change;
use super::occasion::Occasion;
use crate::rules::ReservationAction;
use crate::{
    BookingError, By, Effect, Reservation, ReservationCheckedOut, ReservationEventKind,
    ReservationStatus,
};

/// Notes that the guest has left, on the day of departure or in the night before it. Who leaves earlier lets the stay end
/// earlier first. The folio's balance is not looked at here: this crate knows no payments.
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
