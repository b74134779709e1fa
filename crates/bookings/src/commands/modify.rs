use chrono::{DateTime, NaiveDate, Utc};
use motel_db::TenantTx;
use motel_kernel::{Party, ReservationId, StayDates, UnitId};
use motel_tenancy::Property;

use super::change;
use super::occasion::Occasion;
use super::reprice::{Agreed, reprice};
use crate::rules::ReservationAction;
use crate::{
    BookingError, By, Effect, Reservation, ReservationChanged, ReservationEventKind,
    ReservationStatus, StayRequest, queries,
};

/// What is to be different; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Modification {
    /// Other nights.
    pub dates: Option<StayDates>,
    /// Another room type, by its code.
    pub unit_group: Option<String>,
    /// Another rate plan, by its code.
    pub rate_plan: Option<String>,
    /// Another promo code; `Some(None)` takes it away.
    pub promo: Option<Option<String>>,
    /// Another package, by its code; `Some(None)` takes it away.
    pub package: Option<Option<String>>,
    /// Other people.
    pub party: Option<Party>,
    /// Other ages of the children.
    pub child_ages: Option<Vec<u8>>,
    /// A unit they would like: given, or the change is refused.
    pub unit: Option<UnitId>,
}

/// Changes a stay that is held, to come or in the house. Only nights that change have a new price; taken nights must be
/// for sale, and others are free again at once.
///
/// A guest in the house keeps the day of arrival, the room type and the unit. Whoever gets another room type loses a pin, which
/// held a unit of the former one.
///
/// # Errors
/// [`BookingError::SoldOut`] and [`BookingError::NotOffered`]; [`BookingError::UnitTaken`]; [`BookingError::NotAllowed`].
pub async fn modify(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    expected: Option<i32>,
    wish: &Modification,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let action = ReservationAction::Modify;
    change_stay(tx, &occasion, (id, expected), wish, action).await
}

/// Lets a stay end later, on `departure`.
///
/// # Errors
/// Those of [`modify`].
pub async fn extend(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    expected: Option<i32>,
    departure: NaiveDate,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let stay = queries::reservation(tx, id).await?;
    if departure <= stay.dates.departure() {
        return Err(bad_departure("the stay does not end later then"));
    }
    let wish = Modification {
        dates: Some(until(&stay, departure)?),
        ..Modification::default()
    };
    let action = ReservationAction::Extend;
    change_stay(tx, &occasion, (id, expected), &wish, action).await
}

/// Lets the stay of a guest in the house end earlier: on `departure`, or as soon as can be. The nights from then on are
/// free at once and are not charged.
///
/// # Errors
/// Those of [`modify`].
pub async fn depart_early(
    tx: &mut TenantTx,
    property: &Property,
    id: ReservationId,
    expected: Option<i32>,
    departure: Option<NaiveDate>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let stay = queries::reservation(tx, id).await?;
    let after_one_night = stay.dates.arrival().succ_opt();
    let soonest = after_one_night.map_or(occasion.today, |day| day.max(occasion.today));
    let departure = departure.unwrap_or(soonest);
    if departure < soonest {
        return Err(bad_departure("that night is over already"));
    }
    if departure >= stay.dates.departure() && stay.status == ReservationStatus::InHouse {
        return Err(bad_departure("the stay does not end earlier then"));
    }
    let wish = Modification {
        dates: Some(until(&stay, departure)?),
        ..Modification::default()
    };
    let action = ReservationAction::DepartEarly;
    change_stay(tx, &occasion, (id, expected), &wish, action).await
}

fn until(stay: &Reservation, departure: NaiveDate) -> Result<StayDates, BookingError> {
    StayDates::new(stay.dates.arrival(), departure).map_err(bad_departure)
}

fn bad_departure(reason: impl ToString) -> BookingError {
    BookingError::NotOffered {
        field: "departure",
        code: "invalid_departure",
        reason: reason.to_string(),
    }
}

async fn change_stay(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    (id, expected): (ReservationId, Option<i32>),
    wish: &Modification,
    action: ReservationAction,
) -> Result<Effect, BookingError> {
    let groups = motel_inventory::queries::unit_groups(tx, occasion.property.id).await?;
    let group = |stay: &Reservation| {
        let code = wish.unit_group.as_deref();
        let named = groups
            .iter()
            .find(|group| Some(group.code.as_str()) == code);
        named.map_or(stay.unit_group, |group| group.id)
    };
    let stay = change::lock(tx, id, expected, |seen| {
        Some((group(seen), wish.dates.unwrap_or(seen.dates)))
    })
    .await?;
    change::permit(tx, occasion, action, &stay, false).await?;
    let code = groups.iter().find(|group| group.id == stay.unit_group);
    let code = code.map(|group| group.code.clone()).unwrap_or_default();
    let request = requested(&stay, wish, code);
    check_dates(occasion, &stay, &request, group(&stay) == stay.unit_group)?;
    let quoted = reprice(tx, occasion, &stay, request, Agreed::UnlessChanged).await?;
    let same_group = quoted.unit_group == stay.unit_group;
    let unit = wish.unit.or(stay.unit.filter(|_| same_group));
    let after = Reservation {
        unit_group: quoted.unit_group,
        unit,
        // A pin holds a unit, and those of another room type are others.
        pinned: stay.pinned && unit.is_some(),
        dates: quoted.request.dates,
        party: quoted.request.party,
        child_ages: quoted.request.child_ages,
        rate_plan: quoted.rate_plan,
        promo: quoted.request.promo,
        price: quoted.price,
        terms: quoted.terms,
        ..stay.clone()
    };
    let kind = kind(&stay, &after);
    let effect = change::apply(tx, occasion, &stay, after, kind).await?;
    if wish.unit.is_some() && effect.reservation.unit != wish.unit {
        return Err(BookingError::UnitTaken);
    }
    motel_jobs::publish(tx, &ReservationChanged::from(&effect.reservation)).await?;
    Ok(effect)
}

/// The stay as it would be asked for today.
fn requested(stay: &Reservation, wish: &Modification, unit_group: String) -> StayRequest {
    StayRequest {
        dates: wish.dates.unwrap_or(stay.dates),
        party: wish.party.unwrap_or(stay.party),
        unit_group: wish.unit_group.clone().unwrap_or(unit_group),
        rate_plan: wish.rate_plan.clone(),
        promo: wish.promo.clone().unwrap_or_else(|| stay.promo.clone()),
        package: wish
            .package
            .clone()
            .unwrap_or_else(|| stay.package_code().map(str::to_owned)),
        child_ages: wish
            .child_ages
            .clone()
            .unwrap_or_else(|| stay.child_ages.clone()),
    }
}

/// The past cannot be changed, and who is in the house has arrived.
fn check_dates(
    occasion: &Occasion<'_>,
    stay: &Reservation,
    request: &StayRequest,
    same_group: bool,
) -> Result<(), BookingError> {
    let refuse = |field, code, reason: &str| {
        Err(BookingError::NotOffered {
            field,
            code,
            reason: reason.to_owned(),
        })
    };
    let (was, will) = (stay.dates, request.dates);
    let moved = will.arrival() != was.arrival();
    if stay.status == ReservationStatus::InHouse && (moved || !same_group) {
        return refuse(
            "check_in",
            "in_house",
            "a guest in the house keeps the day of arrival, and changes the room type by change-group",
        );
    }
    if moved && will.arrival() < occasion.today {
        return refuse("check_in", "in_past", "that day is over");
    }
    if will.departure() != was.departure() && will.departure() < occasion.today {
        return refuse("check_out", "in_past", "that day is over");
    }
    Ok(())
}

fn kind(before: &Reservation, after: &Reservation) -> ReservationEventKind {
    let only_end = Reservation {
        dates: after.dates,
        price: after.price.clone(),
        terms: after.terms.clone(),
        ..before.clone()
    } == *after
        && before.dates.arrival() == after.dates.arrival();
    match after.dates.departure().cmp(&before.dates.departure()) {
        std::cmp::Ordering::Greater if only_end => ReservationEventKind::Extended,
        std::cmp::Ordering::Less if only_end => ReservationEventKind::Shortened,
        _ => ReservationEventKind::Modified,
    }
}
