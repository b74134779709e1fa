use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{ReservationId, StayDates, UnitId};
use motel_tenancy::Property;

use super::occasion::Occasion;
use super::placement::{self, Wanted};
use super::{change, record};
use crate::rules::Obstacle;
use crate::schema::{former_units, reservations};
use crate::{
    BookingError, By, Effect, Reservation, ReservationEventKind, ReservationMoved,
    ReservationStatus, queries,
};

/// Gives a stay another unit of its group. A stay to come moves as a whole. A guest in the house moves for the nights
/// from the business date on, and the nights before remain with the unit they were slept in. Whoever is to have the new
/// unit on these nights moves out, if they may.
///
/// # Errors
/// [`NoRoom::InTheWay`](super::NoRoom::InTheWay) names the stays that cannot give way; [`BookingError::NotAllowed`] unless the stay is
/// held, confirmed or in house.
pub async fn move_unit(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    unit: UnitId,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let kind = ReservationEventKind::UnitMoved;
    relocate(tx, &occasion, id, expected, kind, |stay| {
        Ok(Reservation {
            unit: Some(unit),
            ..stay.clone()
        })
    })
    .await
}

/// Gives a stay that has none a unit: the one asked for, or the best.
///
/// # Errors
/// [`NoRoom::InTheWay`](super::NoRoom::InTheWay), [`NoRoom::Fragmented`](super::NoRoom::Fragmented); [`BookingError::NotAllowed`] when it is not to come, or has
/// a unit already and no other is asked for.
pub async fn assign_unit(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    unit: Option<UnitId>,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let kind = ReservationEventKind::UnitAssigned;
    if let Some(unit) = unit {
        return relocate(tx, &occasion, id, expected, kind, |stay| {
            Ok(Reservation {
                unit: Some(unit),
                ..stay.clone()
            })
        })
        .await;
    }
    let seen = queries::reservation(tx, id).await?;
    placement::hold_groups(tx, occasion.today, &[(seen.unit_group, seen.dates)]).await?;
    let before = change::lock_row_at(tx, id, expected).await?;
    check_movable(&seen, &before)?;
    if before.unit.is_some() || before.status == ReservationStatus::InHouse {
        return Err(Obstacle::Status(before.status).into());
    }
    let wanted = Wanted {
        reservation: id,
        group: before.unit_group,
        dates: before.dates,
        prefer: None,
        fixed: false,
    };
    let after = Reservation {
        unit: placement::place(tx, &occasion, &wanted).await?,
        ..before.clone()
    };
    write(tx, &occasion, &before, after, kind).await
}

/// Puts a stay into the unit that `decide` says, others moving out of its way, and writes what `decide` made of it.
pub(super) async fn relocate(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    id: ReservationId,
    expected: Option<i32>,
    kind: ReservationEventKind,
    decide: impl FnOnce(&Reservation) -> Result<Reservation, BookingError>,
) -> Result<Effect, BookingError> {
    let seen = queries::reservation(tx, id).await?;
    placement::hold_groups(tx, occasion.today, &[(seen.unit_group, seen.dates)]).await?;
    let before = change::lock_row_at(tx, id, expected).await?;
    check_movable(&seen, &before)?;
    let after = decide(&before)?;
    let Some(unit) = after.unit else {
        return Err(Obstacle::NoUnit.into());
    };
    if before.unit == Some(unit) {
        return write(tx, occasion, &before, after, kind).await;
    }
    let nights = nights_to_move(&before, occasion.today)?;
    let moving = placement::clear(tx, occasion, &before, unit, nights).await?;
    if nights.arrival() > before.dates.arrival() {
        keep_former_unit(tx, &before, nights.arrival()).await?;
    }
    let effect = write(tx, occasion, &before, after, kind).await?;
    moving.arrive(tx, occasion).await?;
    Ok(effect)
}

fn check_movable(seen: &Reservation, locked: &Reservation) -> Result<(), BookingError> {
    if (seen.unit_group, seen.dates) != (locked.unit_group, locked.dates) {
        return Err(BookingError::Stale);
    }
    let movable = matches!(
        locked.status,
        ReservationStatus::Held | ReservationStatus::Confirmed | ReservationStatus::InHouse
    );
    let refused = Obstacle::Status(locked.status);
    movable.then_some(()).ok_or(refused.into())
}

/// All nights of a stay to come; of a guest in the house those that are not over.
fn nights_to_move(stay: &Reservation, today: NaiveDate) -> Result<StayDates, BookingError> {
    if stay.status != ReservationStatus::InHouse {
        return Ok(stay.dates);
    }
    let first = stay.dates.arrival().max(today);
    StayDates::new(first, stay.dates.departure())
        .map_err(|_| Obstacle::Over(stay.dates.departure()).into())
}

async fn keep_former_unit(
    tx: &mut TenantTx,
    stay: &Reservation,
    until: NaiveDate,
) -> Result<(), BookingError> {
    let row = reservations::table.find((tx.tenant(), stay.id));
    let since: Option<NaiveDate> = row
        .select(reservations::unit_since)
        .first(tx.conn())
        .await?;
    let first_night = since.unwrap_or(stay.dates.arrival());
    if let (true, Some(unit)) = (first_night < until, stay.unit) {
        diesel::insert_into(former_units::table)
            .values((
                former_units::tenant_id.eq(tx.tenant()),
                former_units::reservation_id.eq(stay.id),
                former_units::unit_id.eq(unit),
                former_units::first_night.eq(first_night),
                former_units::until.eq(until),
            ))
            .execute(tx.conn())
            .await?;
    }
    diesel::update(reservations::table.find((tx.tenant(), stay.id)))
        .set(reservations::unit_since.eq(until))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn write(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    before: &Reservation,
    after: Reservation,
    kind: ReservationEventKind,
) -> Result<Effect, BookingError> {
    let after = record::update(tx, occasion, before, after, kind).await?;
    motel_jobs::publish(tx, &ReservationMoved::from(&after)).await?;
    Ok(Effect::between(Some(before), after, occasion.today))
}
