use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_kernel::{ReservationId, UnitId};
use motel_tenancy::Property;

use super::move_unit::relocate;
use super::occasion::Occasion;
use super::{change, record};
use crate::rules::Obstacle;
use crate::{BookingError, By, Effect, Reservation, ReservationChanged, ReservationEventKind};

/// Fixes a stay that is to come to a unit, its own unless another is named: it is not moved any more to make room for
/// others. Whoever is in that unit on these nights moves out, if they may.
///
/// # Errors
/// [`NoRoom::InTheWay`](super::NoRoom::InTheWay) names the stays that cannot give way; [`BookingError::NotAllowed`] without
/// a unit to pin, and for a stay that is over.
pub async fn pin(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    unit: Option<UnitId>,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    relocate(
        tx,
        &occasion,
        id,
        expected,
        ReservationEventKind::Pinned,
        |stay| {
            let unit = unit.or(stay.unit).ok_or(Obstacle::NoUnit)?;
            Ok(Reservation {
                unit: Some(unit),
                pinned: true,
                ..stay.clone()
            })
        },
    )
    .await
}

/// Lets a stay be moved again to make room for others. It stays where it is for now.
pub async fn unpin(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let before = change::lock_row_at(tx, id, expected).await?;
    let after = Reservation {
        pinned: false,
        ..before.clone()
    };
    let kind = ReservationEventKind::Unpinned;
    let after = record::update(tx, &occasion, &before, after, kind).await?;
    motel_jobs::publish(tx, &ReservationChanged::from(&after)).await?;
    Ok(Effect::between(Some(&before), after, occasion.today))
}
