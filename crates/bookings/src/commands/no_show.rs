use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::ReservationId;
use motel_tenancy::Property;

use super::change;
use super::occasion::Occasion;
use crate::rules::ReservationAction;
use crate::{
    BookingError, By, Cancellation, Effect, Reservation, ReservationEventKind, ReservationNoShow,
    ReservationStatus,
};

/// Notes that nobody came: the fee of the terms is fixed, and all of the nights are on sale again.
///
/// # Errors
/// [`BookingError::NotAllowed`] before the day of arrival.
pub async fn mark_no_show(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let stay = change::lock(tx, id, expected, |_| None).await?;
    change::permit(tx, &occasion, ReservationAction::NoShow, &stay, false).await?;
    let after = Reservation {
        status: ReservationStatus::NoShow,
        cancellation: Some(Cancellation {
            at: now,
            fee: stay.no_show_fee(),
        }),
        ..stay.clone()
    };
    let kind = ReservationEventKind::NoShow;
    let effect = change::apply(tx, &occasion, &stay, after, kind).await?;
    motel_jobs::publish(tx, &ReservationNoShow::from(&effect.reservation)).await?;
    Ok(effect)
}
