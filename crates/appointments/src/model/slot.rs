use chrono::{DateTime, NaiveDate, Utc};
use motel_kernel::{AppointmentId, StationId};

/// A place at a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// At which station.
    pub station: StationId,
    /// Which of its places, from 1.
    pub number: u32,
}

/// One possible start of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// The day it begins on, on the property's calendar.
    pub local_day: NaiveDate,
    /// Where the party would be served, or why it can't be.
    pub places: Result<Vec<Place>, Closed>,
}

/// Why a slot can't be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Closed {
    /// Somebody closed the day.
    #[error("{}", if .0.is_empty() { "closed on this day" } else { .0 })]
    Blackout(
        /// Why; may be empty.
        String,
    ),
    /// Everybody who could do it is busy.
    #[error("fully booked")]
    FullyBooked,
    /// Too few of those who could do it work then.
    #[error("nobody who could do it works at this time")]
    NotStaffed,
    /// It begins too soon, or has begun.
    #[error("too short notice")]
    TooShortNotice,
    /// The calendar is not open so far ahead.
    #[error("the calendar is not open so far ahead yet")]
    TooFarAhead,
}

impl Closed {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Blackout(_) => "blackout",
            Self::FullyBooked => "fully_booked",
            Self::NotStaffed => "not_staffed",
            Self::TooShortNotice => "too_short_notice",
            Self::TooFarAhead => "too_far_ahead",
        }
    }
}

/// A time for which a place is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy {
    /// By which appointment.
    pub appointment: AppointmentId,
    /// Which place.
    pub place: Place,
    /// From when, the time kept free before included.
    pub from: DateTime<Utc>,
    /// Until when, the time kept free after included.
    pub until: DateTime<Utc>,
}
