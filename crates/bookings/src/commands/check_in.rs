use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::ReservationId;
use motel_tenancy::Property;

use super::change;
use super::occasion::Occasion;
use crate::rules::ReservationAction;
use crate::{
    BookingError, By, Effect, Reservation, ReservationCheckedIn, ReservationEventKind,
    ReservationStatus,
};

/// Lets the guest into the unit. With `force` and a reason, also into one that is not made up.
///
/// # Errors
/// [`BookingError::NotAllowed`]: before arrival, no unit, somebody else in it, not made up.
pub async fn check_in(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    expected: Option<i32>,
    force: bool,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let stay = change::lock_row_at(tx, id, expected).await?;
    change::permit(tx, &occasion, ReservationAction::CheckIn, &stay, force).await?;
    let after = Reservation {
        status: ReservationStatus::InHouse,
        checked_in_at: Some(now),
        ..stay.clone()
    };
    let kind = ReservationEventKind::CheckedIn;
    let effect = change::apply(tx, &occasion, &stay, after, kind).await?;
    motel_jobs::publish(tx, &ReservationCheckedIn::from(&effect.reservation)).await?;
    Ok(effect)
}
