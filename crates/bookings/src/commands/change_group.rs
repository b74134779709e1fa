use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_inventory::UnitGroup;
use motel_kernel::{ReservationId, StayDates, UnitId};
use motel_tenancy::Property;

use super::add::next_ordinal;
use super::occasion::Occasion;
use super::placement::{self, Wanted};
use super::reprice::{Agreed, reprice};
use super::{change, check_in, check_out, claims, make, record};
use crate::rules::ReservationAction;
use crate::{
    BookingError, By, Effect, QuotedStay, Reservation, ReservationChanged, ReservationEventKind,
    ReservationMoved, ReservationStatus, StayRequest, queries,
};

/// Another room type for a stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGroup {
    /// Its code.
    pub unit_group: String,
    /// The unit they get, or nothing happens; else the best.
    pub unit: Option<UnitId>,
    /// True to sell the nights to come at today's price of that room type. Else they keep the price that was agreed.
    pub reprice: bool,
    /// Let a guest in the house into a unit that is not made up. Wants a reason.
    pub force: bool,
}

/// What became of a stay that changed its room type.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupChange {
    /// The nights that were slept before; none of a stay that had not begun.
    pub left: Option<Effect>,
    /// The stay in the new room type.
    pub stay: Effect,
}

/// Gives a stay another room type: an upgrade, or a way out of a unit that fails. Its nights to come are taken in the new
/// group and given back in the old one.
///
/// A guest who slept in the old group already is checked out of it and into the new one: those nights remain a
/// reservation of their own, sold and counted where they were slept, and the new one follows in the same booking.
///
/// # Errors
/// [`BookingError::SoldOut`]; [`BookingError::UnitTaken`]; [`BookingError::NotOffered`] when the party does not fit, or the
/// stay is in this group; [`BookingError::NotAllowed`].
pub async fn change_group(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    expected: Option<i32>,
    wish: &NewGroup,
    by: &By,
    now: DateTime<Utc>,
) -> Result<GroupChange, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let groups = motel_inventory::queries::unit_groups(tx, property.id).await?;
    let new = groups.iter().find(|group| group.code == wish.unit_group);
    let new = new.ok_or_else(|| {
        BookingError::UnknownUnitGroup(format!("there is no room type {:?}", wish.unit_group))
    })?;
    if let Some(unit) = wish.unit {
        belongs(tx, unit, new).await?;
    }
    let stay = lock(tx, &occasion, (id, expected), new, wish.unit).await?;
    change::permit(tx, &occasion, ReservationAction::ChangeGroup, &stay, false).await?;
    let old = groups.iter().find(|group| group.id == stay.unit_group);
    let Some(old) = old.filter(|old| old.id != new.id) else {
        return Err(BookingError::NotOffered {
            field: "unit_group",
            code: "same_unit_group",
            reason: "the stay is in this room type; move it to another room".to_owned(),
        });
    };
    if slept(&stay, &occasion) {
        go_on_elsewhere(tx, &occasion, &stay, (old, new), wish).await
    } else {
        let effect = change_all(tx, &occasion, &stay, new, wish).await?;
        Ok(GroupChange {
            left: None,
            stay: effect,
        })
    }
}

async fn belongs(tx: &mut TenantTx, unit: UnitId, group: &UnitGroup) -> Result<(), BookingError> {
    let units = motel_inventory::queries::units_of(tx, group.id).await?;
    if units.iter().any(|known| known.id == unit) {
        return Ok(());
    }
    Err(BookingError::NotOffered {
        field: "unit_id",
        code: "unit_of_other_group",
        reason: "the unit does not belong to that room type".to_owned(),
    })
}

/// Whether nights of a stay are over that cannot be had in another group any more.
fn slept(stay: &Reservation, occasion: &Occasion<'_>) -> bool {
    stay.status == ReservationStatus::InHouse && stay.dates.arrival() < occasion.today
}

/// Locks the nights in both groups before the reservation.
async fn lock(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    (id, expected): (ReservationId, Option<i32>),
    new: &UnitGroup,
    unit: Option<UnitId>,
) -> Result<Reservation, BookingError> {
    let seen = queries::reservation(tx, id).await?;
    let to_come = StayDates::new(occasion.today, seen.dates.departure());
    let dates = to_come.ok().filter(|_| slept(&seen, occasion));
    let wanted = Wanted {
        reservation: id,
        group: new.id,
        dates: dates.unwrap_or(seen.dates),
        prefer: unit,
        fixed: unit.is_some(),
    };
    placement::lock_for(tx, &seen, Some(&wanted)).await?;
    let locked = change::lock_row_at(tx, id, expected).await?;
    let same = (locked.unit_group, locked.dates, locked.status)
        == (seen.unit_group, seen.dates, seen.status);
    same.then_some(locked).ok_or(BookingError::Stale)
}

async fn price(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    stay: &Reservation,
    (group, dates): (&UnitGroup, StayDates),
    agreed: Agreed,
) -> Result<QuotedStay, BookingError> {
    let request = StayRequest {
        dates,
        party: stay.party,
        unit_group: group.code.clone(),
        rate_plan: Some(stay.rate_plan.clone()),
        promo: stay.promo.clone(),
        package: stay.package_code().map(str::to_owned),
        child_ages: stay.child_ages.clone(),
    };
    reprice(tx, occasion, stay, request, agreed).await
}

fn agreed(wish: &NewGroup) -> Agreed {
    match wish.reprice {
        true => Agreed::UnlessChanged,
        false => Agreed::Always,
    }
}

/// A stay with all its nights ahead changes as a whole.
async fn change_all(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    stay: &Reservation,
    new: &UnitGroup,
    wish: &NewGroup,
) -> Result<Effect, BookingError> {
    let quoted = price(tx, occasion, stay, (new, stay.dates), agreed(wish)).await?;
    let after = Reservation {
        unit_group: new.id,
        unit: wish.unit,
        pinned: stay.pinned && wish.unit.is_some(),
        price: quoted.price,
        terms: match wish.reprice {
            true => quoted.terms,
            false => stay.terms.clone(),
        },
        ..stay.clone()
    };
    let kind = ReservationEventKind::Modified;
    let effect = change::apply(tx, occasion, stay, after, kind).await?;
    let after = &effect.reservation;
    if wish.unit.is_some() && after.unit != wish.unit {
        return Err(BookingError::UnitTaken);
    }
    if after.status == ReservationStatus::InHouse {
        change::enter(tx, occasion, after, wish.force).await?;
    }
    motel_jobs::publish(tx, &ReservationChanged::from(after)).await?;
    motel_jobs::publish(tx, &ReservationMoved::from(after)).await?;
    Ok(effect)
}

/// The nights that were slept end today, and a new reservation goes on from there.
async fn go_on_elsewhere(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    stay: &Reservation,
    (old, new): (&UnitGroup, &UnitGroup),
    wish: &NewGroup,
) -> Result<GroupChange, BookingError> {
    let Occasion {
        property,
        by,
        now,
        today,
    } = *occasion;
    let part = |from, until| StayDates::new(from, until).map_err(BookingError::fault);
    let (before, from_now) = (
        part(stay.dates.arrival(), today)?,
        part(today, stay.dates.departure())?,
    );
    let slept = price(tx, occasion, stay, (old, before), Agreed::Always).await?;
    let to_come = price(tx, occasion, stay, (new, from_now), agreed(wish)).await?;
    let shorter = Reservation {
        dates: before,
        price: slept.price,
        terms: slept.terms,
        ..stay.clone()
    };
    let kind = ReservationEventKind::Split;
    let shorter = change::apply(tx, occasion, stay, shorter, kind).await?;
    motel_jobs::publish(tx, &ReservationChanged::from(&shorter.reservation)).await?;
    let left = check_out(tx, property, stay.id, None, by, now).await?;
    claims::take(tx, vec![(new.id, from_now)]).await?;
    let ordinal = next_ordinal(tx, stay.booking).await?;
    let rest = make::reservation(occasion, stay.booking, ordinal, to_come, None);
    let rest = Reservation {
        unit: unit_for(tx, occasion, &rest, wish.unit).await?,
        ..rest
    };
    record::insert(tx, occasion, &rest, kind).await?;
    motel_jobs::publish(tx, &ReservationChanged::from(&rest)).await?;
    let arrived = check_in(tx, property, rest.id, None, wish.force, by, now).await?;
    Ok(GroupChange {
        left: Some(Effect::between(Some(stay), left.reservation, today)),
        stay: Effect::between(None, arrived.reservation, today),
    })
}

async fn unit_for(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    rest: &Reservation,
    unit: Option<UnitId>,
) -> Result<Option<UnitId>, BookingError> {
    let wanted = Wanted {
        reservation: rest.id,
        group: rest.unit_group,
        dates: rest.dates,
        prefer: unit,
        fixed: unit.is_some(),
    };
    let given = placement::place(tx, occasion, &wanted).await?;
    match unit.is_some() && given != unit {
        true => Err(BookingError::UnitTaken),
        false => Ok(given),
    }
}
