use motel_bookings::Booking;
use motel_kernel::{BookingCode, Email, Money, Party, StayDates};

use super::Offered;

/// A stay that something is to be offered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// The nights.
    pub stay: StayDates,
    /// Who comes.
    pub party: Party,
    /// The room type's code.
    pub room_type: &'a str,
}

/// What an offer is called and costs with a certain stay, as the house would sell it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// What guests read: the package's or the room type's name.
    pub name: String,
    /// What comes to the price, tax included. Always above nothing.
    pub extra: Money,
    /// What the stay then costs in total.
    pub total: Money,
}

/// What was added to a booking.
#[derive(Debug, Clone, PartialEq)]
pub struct Addition {
    /// The booking with it.
    pub booking: Booking,
    /// What it costs more now.
    pub extra: Money,
}

/// What is to be added to a booking that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added<'a> {
    /// The booking's code.
    pub code: &'a BookingCode,
    /// The address it was made with: together they are the proof.
    pub email: &'a Email,
    /// What is added.
    pub offered: &'a Offered,
}
