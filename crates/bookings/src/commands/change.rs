//! How every change of a standing reservation runs: lock, look at the rules, write, tell.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{ReservationId, StayDates, UnitGroupId, UnitId};

use super::claims::{self, Claim};
use super::occasion::Occasion;
use super::placement::{self, Wanted};
use super::record;
use crate::model::ReservationRow;
use crate::rules::{self, Obstacle, ReservationAction};
use crate::schema::reservations;
use crate::{BookingError, Effect, Reservation, ReservationEventKind, ReservationStatus, queries};

/// Locks a reservation against other changes, after the nights it has and those it may get. `expected` is the version
/// the caller has seen.
///
/// # Errors
/// [`BookingError::Stale`] when it changed since, or between the look and the lock.
pub(crate) async fn lock(
    tx: &mut TenantTx,
    id: ReservationId,
    expected: Option<i32>,
    wanted: impl FnOnce(&Reservation) -> Option<Claim>,
) -> Result<Reservation, BookingError> {
    let seen = queries::reservation(tx, id).await?;
    check_version(&seen, expected)?;
    let again = (!seen.status.takes_nights()).then_some((seen.unit_group, seen.dates));
    let wanted = wanted(&seen).or(again);
    let wanted = wanted.map(|(group, dates)| wanted_by(&seen, group, dates));
    placement::lock_for(tx, &seen, wanted.as_ref()).await?;
    let locked = lock_row(tx, id).await?;
    check_version(&locked, expected)?;
    if (locked.unit_group, locked.dates) != (seen.unit_group, seen.dates) {
        return Err(BookingError::Stale);
    }
    Ok(locked)
}

/// The same for a change that leaves the nights as they are.
pub(crate) async fn lock_row_at(
    tx: &mut TenantTx,
    id: ReservationId,
    expected: Option<i32>,
) -> Result<Reservation, BookingError> {
    let locked = lock_row(tx, id).await?;
    check_version(&locked, expected)?;
    Ok(locked)
}

async fn lock_row(tx: &mut TenantTx, id: ReservationId) -> Result<Reservation, BookingError> {
    let row: Option<ReservationRow> = reservations::table
        .find((tx.tenant(), id))
        .select(ReservationRow::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?;
    row.ok_or(BookingError::NotFound)?.into_reservation()
}

fn check_version(stay: &Reservation, expected: Option<i32>) -> Result<(), BookingError> {
    match expected {
        Some(expected) if expected != stay.version => Err(BookingError::Stale),
        _ => Ok(()),
    }
}

/// Holds an action against the rules. With `force`, what the unit is like does not count: the guest may go into one
/// that is not made up, when somebody answers for it with a reason.
pub(crate) async fn permit(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    action: ReservationAction,
    stay: &Reservation,
    force: bool,
) -> Result<(), BookingError> {
    let at = queries::circumstances(tx, occasion.property, stay, occasion.now).await?;
    answered_for(rules::check(action, stay, &at), occasion, force)
}

/// Holds the unit of a stay against the rules, for a guest who goes into it; with `force` as for [`permit`].
pub(crate) async fn enter(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    stay: &Reservation,
    force: bool,
) -> Result<(), BookingError> {
    let at = queries::circumstances(tx, occasion.property, stay, occasion.now).await?;
    answered_for(rules::ready(at.unit), occasion, force)
}

fn answered_for(
    checked: Result<(), Obstacle>,
    occasion: &Occasion<'_>,
    force: bool,
) -> Result<(), BookingError> {
    match checked {
        Err(Obstacle::NotReady) if force && occasion.by.reason.is_some() => Ok(()),
        other => Ok(other?),
    }
}

/// Writes what became of a reservation: takes and gives back nights, sees to its unit, and keeps the history.
pub(crate) async fn apply(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    before: &Reservation,
    mut after: Reservation,
    kind: ReservationEventKind,
) -> Result<Effect, BookingError> {
    claims::follow(tx, before, &after).await?;
    after.unit = unit_after(tx, occasion, before, &after).await?;
    let after = record::update(tx, occasion, before, after, kind).await?;
    Ok(Effect::between(Some(before), after, occasion.today))
}

/// A stay that takes nights keeps its unit where it can. A guest in the house, or one whose unit is pinned, gets no
/// other one by a change of dates.
async fn unit_after(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    before: &Reservation,
    after: &Reservation,
) -> Result<Option<UnitId>, BookingError> {
    let same = (before.unit_group, before.dates, before.unit)
        == (after.unit_group, after.dates, after.unit);
    let stood = before.status.takes_nights();
    if !after.status.takes_nights() || (same && stood && after.unit.is_some()) {
        return Ok(after.unit);
    }
    let wanted = wanted_by(after, after.unit_group, after.dates);
    let unit = placement::place(tx, occasion, &wanted).await?;
    if wanted.fixed && unit != after.unit {
        return Err(BookingError::UnitTaken);
    }
    Ok(unit)
}

fn wanted_by(stay: &Reservation, group: UnitGroupId, dates: StayDates) -> Wanted {
    let in_house = matches!(
        stay.status,
        ReservationStatus::InHouse | ReservationStatus::CheckedOut
    );
    let prefer = stay.unit.filter(|_| stay.unit_group == group);
    Wanted {
        reservation: stay.id,
        group,
        dates,
        prefer,
        fixed: (in_house || stay.pinned) && prefer.is_some(),
    }
}
