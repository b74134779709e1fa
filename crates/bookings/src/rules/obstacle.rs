use chrono::NaiveDate;
use motel_kernel::Money;

use crate::ReservationStatus;

/// What stands in the way of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    /// The action leads nowhere from the state the reservation is in.
    #[error("that cannot be done with a reservation that is {}", said(*.0))]
    Status(ReservationStatus),
    /// The hold is over.
    #[error("the hold has ended")]
    HoldOver,
    /// The guest is not expected yet.
    #[error("the guest is not expected before {0}")]
    BeforeArrival(NaiveDate),
    /// The first night is over.
    #[error("the stay has begun; please call the front desk")]
    Begun,
    /// The last night is over.
    #[error("the stay was over on {0}")]
    Over(NaiveDate),
    /// Nights of the stay are still to come.
    #[error("the stay runs until {0}; let it end earlier first")]
    NightsLeft(NaiveDate),
    /// A stay of one night cannot become shorter.
    #[error("one night is the shortest stay")]
    OneNight,
    /// There is no unit to go to.
    #[error("no unit is assigned yet")]
    NoUnit,
    /// Somebody else is in the unit.
    #[error("the unit is still occupied")]
    Occupied,
    /// The unit is not made up.
    #[error("the unit is not ready")]
    NotReady,
    /// Nobody is let go who owes something.
    #[error("the guests still owe {0}")]
    Owes(Money),
    /// What happened last is nothing that can be taken back.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// The day on which it could have been taken back is closed.
    #[error("what happened on {0} cannot be undone any more")]
    DayClosed(NaiveDate),
}

impl Obstacle {
    /// A stable word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Status(ReservationStatus::Cancelled) => "already_cancelled",
            Self::Status(_) => "wrong_status",
            Self::HoldOver => "hold_expired",
            Self::BeforeArrival(_) => "before_arrival",
            Self::Begun => "already_begun",
            Self::Over(_) => "stay_over",
            Self::NightsLeft(_) => "nights_left",
            Self::OneNight => "one_night",
            Self::NoUnit => "no_unit",
            Self::Occupied => "unit_occupied",
            Self::NotReady => "unit_not_ready",
            Self::Owes(_) => "folio_not_even",
            Self::NothingToUndo => "nothing_to_undo",
            Self::DayClosed(_) => "day_closed",
        }
    }
}

fn said(status: ReservationStatus) -> &'static str {
    match status {
        ReservationStatus::Held => "held",
        ReservationStatus::Confirmed => "confirmed",
        ReservationStatus::InHouse => "in house",
        ReservationStatus::CheckedOut => "checked out",
        ReservationStatus::Cancelled => "cancelled",
        ReservationStatus::NoShow => "a no-show",
        ReservationStatus::Expired => "expired",
    }
}
