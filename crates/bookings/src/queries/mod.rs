//! Reading bookings. Nothing here writes.

mod bookings;
mod business_date;
mod circumstances;
mod desk;
mod lists;
mod quotes;
mod reservations;

pub use bookings::{find, find_by_code, find_for_guest, newest};
pub use business_date::business_date;
pub use circumstances::circumstances;
pub use desk::{arrivals, departures, stays_on};
pub use lists::{BookingFilter, ReservationFilter, bookings, reservations};
pub use quotes::{quote, standing_quote};
pub use reservations::{events, reservation};

/// The most bookings one list answers.
const LONGEST_LIST: i64 = 200;
