use chrono::NaiveDate;
use motel_kernel::{BookingCode, Money, ReservationId};
use serde::{Deserialize, Serialize};

/// What closing a day found and did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What somebody should look into. None of it stops the audit.
    pub findings: Vec<Finding>,
    /// The nights that were charged.
    pub charged: Vec<ChargedNight>,
    /// The guests who did not come.
    pub no_shows: Vec<RolledNoShow>,
    /// How many holds were over and were released.
    pub holds_released: u32,
}

/// Something about a reservation that somebody should look into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What.
    pub kind: FindingKind,
    /// In which booking.
    pub booking_code: BookingCode,
    /// Which reservation.
    pub reservation_id: ReservationId,
    /// Who booked.
    pub guest: String,
}

motel_db::text_enum! {
    /// What about a reservation should be looked into when a day is closed.
    pub enum FindingKind {
        /// The guests should have left and are still in the house.
        DueOut = "due_out",
        /// The guests come on the next day and have no unit yet.
        UnassignedArrival = "unassigned_arrival",
        /// The whole stay is over, and nobody said whether anybody came.
        NeverArrived = "never_arrived",
    }
}

/// A night that was charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargedNight {
    /// In which booking.
    pub booking_code: BookingCode,
    /// Of which reservation.
    pub reservation_id: ReservationId,
    /// The night.
    pub night: NaiveDate,
    /// With its fees and taxes.
    pub amount: Money,
}

/// A guest who did not come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolledNoShow {
    /// In which booking.
    pub booking_code: BookingCode,
    /// Which reservation.
    pub reservation_id: ReservationId,
    /// Who booked.
    pub guest: String,
    /// What it costs.
    pub fee: Money,
}
