//! Which unit a stay gets.
//!
//! A stay goes where it leaves the fewest idle nights, and nobody moves for it. When no single unit is free on all of its
//! nights, stays that are still to come and not pinned change units to make room: as few of them as can be, which
//! `motel_inventory::packing` decides.
//!
//! **Locks.** Whoever gives or takes a unit on some nights holds the counters of these nights. Others can be moved only
//! by a transaction that holds the nights of the whole group. These are never locked in addition to some: the first
//! look is taken with the nights of the stay locked, behind a savepoint; if it does not suffice, they are let go, and
//! the whole group is locked from its first night on. So nobody waits in a circle.

mod locks;
mod moves;
mod no_room;
mod present_unit;
mod sheet;

use chrono::NaiveDate;
use futures::try_join;
use motel_db::TenantTx;
use motel_inventory::commands::LockedNights;
use motel_inventory::packing::{Claim as Packed, Closed, Obstacle, Packing, Place};
use motel_kernel::{ReservationId, StayDates, UnitGroupId, UnitId};

use super::claims::Claim;
use super::occasion::Occasion;
use crate::{BookingError, Reservation, ReservationStatus};
use locks::{Held, Reach, back_to_mark, hold, set_mark};
pub(crate) use moves::Moving;
pub use no_room::NoRoom;
use present_unit::in_this_unit;
use sheet::Sheet;

/// A stay that wants a unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// The reservation, which is not in its own way.
    pub(crate) reservation: ReservationId,
    /// Of which group.
    pub(crate) group: UnitGroupId,
    /// On which nights.
    pub(crate) dates: StayDates,
    /// The unit it has, or would like.
    pub(crate) prefer: Option<UnitId>,
    /// True when no other unit than that one will do: the guest is in it, or it is pinned.
    pub(crate) fixed: bool,
}

impl Wanted {
    fn claim(&self) -> Packed {
        let place = match self.prefer.filter(|_| self.fixed) {
            Some(unit) => Place::Fixed(unit),
            None => Place::Waiting,
        };
        Packed {
            key: self.reservation.as_uuid(),
            dates: self.dates,
            place,
        }
    }

    /// The unit for it that takes no move: the one it would like, else the best.
    fn without_moves(&self, sheet: &Sheet) -> Option<UnitId> {
        match self.prefer {
            Some(unit) if sheet.is_free(unit, self.dates) => Some(unit),
            Some(_) if self.fixed => None,
            _ => sheet.chart.best_fit(self.dates),
        }
    }
}

/// Takes the nights of new stays off sale and finds each of them a unit, in the order given, or does nothing.
///
/// The transaction holds no counters yet, or those of the whole groups.
///
/// # Errors
/// [`BookingError::SoldOut`]; [`NoRoom::Fragmented`] when each night has room and yet no unit can be had for all
/// of them, because pinned stays and closed units part the nights.
pub(crate) async fn take(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    wanted: &[Wanted],
) -> Result<Vec<UnitId>, BookingError> {
    let claims: Vec<Claim> = wanted.iter().map(|it| (it.group, it.dates)).collect();
    let ((), held) = try_join!(set_mark(tx), hold(tx, &claims, Reach::Nights))?;
    if let Some(units) = take_held(tx, occasion, wanted, held).await? {
        return Ok(units);
    }
    back_to_mark(tx).await?;
    let held = hold(
        tx,
        &claims,
        Reach::From(first_night(occasion.today, &claims)),
    )
    .await?;
    let units = take_held(tx, occasion, wanted, held).await?;
    units.ok_or(NoRoom::Undecided.into())
}

/// `None` when others would have to move and only the nights of the stays are held.
async fn take_held(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    wanted: &[Wanted],
    mut held: Held,
) -> Result<Option<Vec<UnitId>>, BookingError> {
    let mut units = vec![None; wanted.len()];
    for (group, nights) in &mut held.nights {
        let of_group = wanted.iter().zip(&mut units);
        let mut of_group: Vec<_> = of_group.filter(|(it, _)| it.group == *group).collect();
        let stays: Vec<Wanted> = of_group.iter().map(|(it, _)| **it).collect();
        for stay in &stays {
            nights.take(tx, stay.dates).await?;
        }
        let found = match find_free(tx, &stays).await? {
            Some(found) => found,
            None => match held.whole_from {
                Some(first) => make_room(tx, occasion, &stays, first).await?,
                None => return Ok(None),
            },
        };
        for ((_, unit), found) in of_group.iter_mut().zip(found) {
            **unit = Some(found);
        }
    }
    Ok(units.into_iter().collect())
}

/// Units for stays of one group that take no moves.
async fn find_free(
    tx: &mut TenantTx,
    stays: &[Wanted],
) -> Result<Option<Vec<UnitId>>, BookingError> {
    let Some((group, dates)) = span(stays) else {
        return Ok(Some(Vec::new()));
    };
    let mut sheet = Sheet::around(tx, group, dates).await?;
    let mut units = Vec::with_capacity(stays.len());
    for stay in stays {
        let Some(unit) = stay.without_moves(&sheet) else {
            return Ok(None);
        };
        let place = Place::Fixed(unit);
        sheet.put(Packed {
            place,
            ..stay.claim()
        });
        units.push(unit);
    }
    Ok(Some(units))
}

/// The group of some stays of one group, and dates that contain them all.
fn span(stays: &[Wanted]) -> Option<(UnitGroupId, StayDates)> {
    let group = stays.first()?.group;
    let first = stays.iter().map(|it| it.dates.arrival()).min()?;
    let last = stays.iter().map(|it| it.dates.departure()).max()?;
    let all = StayDates::new(first, last).ok();
    all.map(|all| (group, all))
}

/// Units for stays of one group, moving others. The nights of the group are held from `first` on.
async fn make_room(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    stays: &[Wanted],
    first: NaiveDate,
) -> Result<Vec<UnitId>, BookingError> {
    let Some(group) = stays.first().map(|stay| stay.group) else {
        return Ok(Vec::new());
    };
    let mut sheet = Sheet::whole(tx, group, first).await?;
    for stay in stays {
        sheet.put(stay.claim());
    }
    let packing = packed(&sheet, stays).map_err(|obstacle| refusal(obstacle, &sheet, stays))?;
    let standing = stays.iter().find_map(|it| sheet.stay(it.reservation));
    // Others may enter the nights that a pinned stay leaves. A guest in the house leaves none: the stay only gets longer.
    let aside = standing.filter(|stay| stay.status != ReservationStatus::InHouse);
    let aside = aside.map(|stay| stay.id);
    let moving = Moving::leave(tx, &sheet, &packing.placements, aside, aside).await?;
    moving.arrive(tx, occasion).await?;
    let units = stays.iter().map(|stay| match stay.prefer {
        Some(unit) if stay.fixed => Some(unit),
        _ => packing.unit_of(stay.reservation.as_uuid()),
    });
    let units = units.collect::<Option<_>>();
    units.ok_or(NoRoom::Undecided.into())
}

/// The packing, and if everything cannot be had, one that leaves those be who have been waiting for a unit before.
fn packed(sheet: &Sheet, stays: &[Wanted]) -> Result<Packing, Obstacle> {
    sheet.chart.pack().or_else(|obstacle| {
        let mut chart = sheet.chart.clone();
        let asked = |claim: &Packed| stays.iter().any(|it| it.reservation.as_uuid() == claim.key);
        chart
            .claims
            .retain(|claim| claim.place != Place::Waiting || asked(claim));
        chart.pack().map_err(|_| obstacle)
    })
}

/// What is answered when there is no room, with the pieces in which the first of the stays could be had.
fn refusal(obstacle: Obstacle, sheet: &Sheet, stays: &[Wanted]) -> BookingError {
    match obstacle {
        Obstacle::Undecided => return NoRoom::Undecided.into(),
        Obstacle::Full { night, .. } => return BookingError::SoldOut { night },
        Obstacle::Clash { .. } | Obstacle::Fragmented { .. } => {}
    }
    let mut chart = sheet.chart.clone();
    let asked = |claim: &Packed| stays.iter().any(|it| it.reservation.as_uuid() == claim.key);
    chart.claims.retain(|claim| !asked(claim));
    let pieces = stays.first().and_then(|stay| chart.split(stay.dates));
    let pieces = pieces.unwrap_or_default().into_iter();
    NoRoom::Fragmented {
        pieces: pieces.map(|(_, dates)| dates).collect(),
    }
    .into()
}

/// Locks what a change of a standing stay needs: the nights it has and those it will have, and all nights of the group
/// when others will have to move for it.
pub(crate) async fn lock_for(
    tx: &mut TenantTx,
    stay: &Reservation,
    wanted: Option<&Wanted>,
) -> Result<(), BookingError> {
    let mut claims = vec![(stay.unit_group, stay.dates)];
    let Some(wanted) = wanted else {
        hold(tx, &claims, Reach::Nights).await?;
        return Ok(());
    };
    let wanted = &in_this_unit(tx, wanted).await?;
    claims.push((wanted.group, wanted.dates));
    try_join!(set_mark(tx), hold(tx, &claims, Reach::Nights))?;
    let mut sheet = Sheet::around(tx, wanted.group, wanted.dates).await?;
    sheet.without(wanted.reservation);
    if wanted.without_moves(&sheet).is_none() {
        back_to_mark(tx).await?;
        hold(tx, &claims, Reach::From(NaiveDate::default())).await?;
    }
    Ok(())
}

/// The unit for a stay whose nights are locked and counted; [`lock_for`] has locked what else it takes. `None` when a
/// stay that is fixed cannot have its unit.
///
/// # Errors
/// [`NoRoom::Fragmented`]; [`NoRoom::Busy`] when others would have to move and somebody else is changing their nights.
pub(crate) async fn place(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    wanted: &Wanted,
) -> Result<Option<UnitId>, BookingError> {
    let wanted = &in_this_unit(tx, wanted).await?;
    let mut sheet = Sheet::around(tx, wanted.group, wanted.dates).await?;
    sheet.without(wanted.reservation);
    if let Some(unit) = wanted.without_moves(&sheet) {
        return Ok(Some(unit));
    }
    let of_other_group = |unit| !sheet.chart.units.contains(&unit);
    if wanted.fixed && wanted.prefer.is_some_and(of_other_group) {
        return Ok(None);
    }
    let first = wanted.dates.arrival().min(occasion.today);
    // What this transaction holds already is not waited for, and nothing else is: so there is no circle.
    let nights = LockedNights::try_lock(tx, wanted.group, first, NaiveDate::MAX).await?;
    nights.ok_or(NoRoom::Busy)?;
    match make_room(tx, occasion, std::slice::from_ref(wanted), first).await {
        Ok(units) => Ok(units.first().copied()),
        Err(BookingError::NoRoom(NoRoom::Fragmented { .. })) if wanted.fixed => Ok(None),
        Err(error) => Err(error),
    }
}

/// Locks all nights of some groups on which a stay to come can move; nothing else may be locked before.
pub(crate) async fn hold_groups(
    tx: &mut TenantTx,
    today: NaiveDate,
    claims: &[Claim],
) -> Result<(), BookingError> {
    hold(tx, claims, Reach::From(first_night(today, claims))).await?;
    Ok(())
}

/// Lets everybody leave who is in the way of a stay in a unit, on nights of a group that [`hold_groups`] has locked. They
/// arrive elsewhere once the stay itself is written.
///
/// # Errors
/// [`NoRoom::InTheWay`] names the stays that cannot give way.
pub(crate) async fn clear(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    stay: &Reservation,
    unit: UnitId,
    nights: StayDates,
) -> Result<Moving, BookingError> {
    let first = first_night(occasion.today, &[(stay.unit_group, stay.dates)]);
    let mut sheet = Sheet::whole(tx, stay.unit_group, first).await?;
    if !sheet.chart.units.contains(&unit) {
        return Err(BookingError::NotOffered {
            field: "unit_id",
            code: "unit_of_other_group",
            reason: "the unit does not belong to the group that was booked".to_owned(),
        });
    }
    sheet.put(Packed {
        key: stay.id.as_uuid(),
        dates: nights,
        place: Place::Fixed(unit),
    });
    let packing = packed(&sheet, &[]);
    let packing = packing.map_err(|it| NoRoom::in_the_way(&it, Some(stay.id)))?;
    Moving::leave(tx, &sheet, &packing.placements, Some(stay.id), None).await
}

/// Moves everybody out of a unit on nights on which it is closed from now on, and answers the group's nights, locked.
///
/// # Errors
/// [`NoRoom::InTheWay`] names the stays that cannot give way.
pub(crate) async fn vacate(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    group: UnitGroupId,
    closed: Closed,
) -> Result<LockedNights, BookingError> {
    let first = first_night(occasion.today, &[(group, closed.dates)]);
    let nights = LockedNights::lock(tx, group, first, NaiveDate::MAX).await?;
    let mut sheet = Sheet::whole(tx, group, first).await?;
    sheet.chart.closed.push(closed);
    let packing = packed(&sheet, &[]);
    let packing = packing.map_err(|it| NoRoom::in_the_way(&it, None))?;
    let moving = Moving::leave(tx, &sheet, &packing.placements, None, None).await?;
    moving.arrive(tx, occasion).await?;
    Ok(nights)
}

fn first_night(today: NaiveDate, claims: &[Claim]) -> NaiveDate {
    let first = claims.iter().map(|(_, dates)| dates.arrival()).min();
    first.map_or(today, |first| first.min(today))
}
