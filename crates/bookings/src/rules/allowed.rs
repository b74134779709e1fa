use chrono::{DateTime, Days, NaiveDate, Utc};

use super::Obstacle;
use crate::{Reservation, ReservationEventKind, ReservationStatus};

motel_db::text_enum! {
    /// What can be done with a reservation.
    pub enum ReservationAction {
        /// Make a hold a sale.
        Confirm = "confirm",
        /// Change dates, group, plan or party.
        Modify = "modify",
        /// Let it end later.
        Extend = "extend",
        /// Let it end earlier, while the guest is here.
        DepartEarly = "depart-early",
        /// Give it another room type, at the agreed price or anew.
        ChangeGroup = "change-group",
        /// Part it in two that follow each other.
        Split = "split",
        /// Let the guest in.
        CheckIn = "check-in",
        /// Let the guest out.
        CheckOut = "check-out",
        /// Take it back.
        Cancel = "cancel",
        /// Note that nobody came.
        NoShow = "no-show",
        /// Let it stand again.
        Reinstate = "reinstate",
        /// Take back what happened last, on the day it happened.
        Undo = "undo",
    }
}

/// What the rules have to know beside the reservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    /// The present moment.
    pub now: DateTime<Utc>,
    /// The day the property works on.
    pub business_date: NaiveDate,
    /// What happened to the reservation last.
    pub last: Option<LastEvent>,
    /// How the unit it was given is.
    pub unit: UnitState,
}

/// What happened to a reservation last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastEvent {
    /// What.
    pub kind: ReservationEventKind,
    /// The day the property was working on.
    pub business_date: NaiveDate,
}

/// How the unit of a reservation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitState {
    /// It has none.
    Unassigned,
    /// Another guest is in it.
    Occupied,
    /// Free, and not made up.
    NotReady,
    /// Free and made up.
    Ready,
}

/// An action, whether it is possible now, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AllowedAction {
    /// The action.
    pub action: ReservationAction,
    /// What stands in its way; nothing when it is possible.
    pub obstacle: Option<Obstacle>,
}

/// Every action, each with what stands in its way.
pub fn allowed_actions(stay: &Reservation, at: &Circumstances) -> Vec<AllowedAction> {
    let each = ReservationAction::ALL.iter();
    each.map(|action| AllowedAction {
        action: *action,
        obstacle: check(*action, stay, at).err(),
    })
    .collect()
}

/// The state an action leads to from another, as far as states alone decide. `None`: nowhere.
pub fn after(action: ReservationAction, from: ReservationStatus) -> Option<ReservationStatus> {
    use ReservationAction::{
        Cancel, ChangeGroup, CheckIn, CheckOut, Confirm, DepartEarly, Extend, Modify, NoShow,
        Reinstate, Split, Undo,
    };
    use ReservationStatus::{
        Cancelled, CheckedOut, Confirmed, Expired, Held, InHouse, NoShow as NotShown,
    };
    match (action, from) {
        (Confirm, Held) => Some(Confirmed),
        (Modify | ChangeGroup, Held | Confirmed | InHouse) => Some(from),
        (Extend | Split, Confirmed | InHouse) => Some(from),
        (DepartEarly, InHouse) => Some(InHouse),
        (CheckIn, Confirmed) => Some(InHouse),
        (CheckOut, InHouse) => Some(CheckedOut),
        (Cancel, Held | Confirmed) => Some(Cancelled),
        (NoShow, Confirmed) => Some(NotShown),
        (Reinstate, Cancelled | NotShown | Expired) => Some(Confirmed),
        (Undo, InHouse | Cancelled | NotShown) => Some(Confirmed),
        (Undo, CheckedOut) => Some(InHouse),
        _ => None,
    }
}

/// Whether an action is possible now.
///
/// # Errors
/// The first thing that stands in its way.
pub fn check(
    action: ReservationAction,
    stay: &Reservation,
    at: &Circumstances,
) -> Result<(), Obstacle> {
    if action == ReservationAction::Undo {
        check_undo(at)?;
    }
    after(action, stay.status).ok_or(Obstacle::Status(stay.status))?;
    if stay.hold_is_over(at.now) {
        return Err(Obstacle::HoldOver);
    }
    let (today, arrival, departure) = (
        at.business_date,
        stay.dates.arrival(),
        stay.dates.departure(),
    );
    match action {
        ReservationAction::CheckIn if today < arrival => Err(Obstacle::BeforeArrival(arrival)),
        ReservationAction::CheckIn if departure <= today => Err(Obstacle::Over(departure)),
        ReservationAction::CheckIn => ready(at.unit),
        // Whoever leaves in the last night leaves before the day of departure has begun.
        ReservationAction::CheckOut if today + Days::new(1) < departure => {
            Err(Obstacle::NightsLeft(departure))
        }
        ReservationAction::Cancel if arrival < today => Err(Obstacle::Begun),
        ReservationAction::NoShow if today < arrival => Err(Obstacle::BeforeArrival(arrival)),
        ReservationAction::Reinstate
        | ReservationAction::DepartEarly
        | ReservationAction::ChangeGroup
            if departure <= today =>
        {
            Err(Obstacle::Over(departure))
        }
        ReservationAction::Split | ReservationAction::DepartEarly
            if stay.dates.night_count() == 1 =>
        {
            Err(Obstacle::OneNight)
        }
        _ => Ok(()),
    }
}

/// Whether a guest can go into a unit.
///
/// # Errors
/// What stands in the way.
pub fn ready(unit: UnitState) -> Result<(), Obstacle> {
    match unit {
        UnitState::Ready => Ok(()),
        UnitState::Unassigned => Err(Obstacle::NoUnit),
        UnitState::Occupied => Err(Obstacle::Occupied),
        UnitState::NotReady => Err(Obstacle::NotReady),
    }
}

fn check_undo(at: &Circumstances) -> Result<(), Obstacle> {
    use ReservationEventKind::{Cancelled, CheckedIn, CheckedOut, NoShow};
    let undoable = [CheckedIn, CheckedOut, Cancelled, NoShow];
    match at.last {
        Some(last) if undoable.contains(&last.kind) => match last.business_date {
            day if day == at.business_date => Ok(()),
            day => Err(Obstacle::DayClosed(day)),
        },
        _ => Err(Obstacle::NothingToUndo),
    }
}

#[cfg(test)]
#[path = "allowed_tests.rs"]
mod tests;
