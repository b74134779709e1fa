//! From what the domains answer to what the templates show.

mod booking;
mod desk;
mod rooms;
mod transcript;

pub(crate) use booking::{Account, booking};
pub(crate) use desk::{Day, desk};
pub(crate) use rooms::Rooms;
pub(crate) use transcript::transcript;

use motel_bookings::BookingStatus;

/// A booking's status in a word, and the colour of its badge.
fn status(status: BookingStatus) -> (&'static str, &'static str) {
    match status {
        BookingStatus::Confirmed => ("Confirmed", "good"),
        BookingStatus::Cancelled => ("Cancelled", "bad"),
    }
}
