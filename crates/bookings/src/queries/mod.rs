//! Reading bookings. Nothing here writes.

mod bookings;
mod business_date;
mod circumstances;
mod desk;
mod lists;
mod of_guest;
mod places;
mod quotes;
mod reservations;
mod tape_chart;

pub use bookings::{find, find_by_code, find_for_guest, newest};
pub use business_date::{business_date, kept_business_date};
pub use circumstances::circumstances;
pub use desk::{arrivals, departures, stays_on};
pub use lists::{BookingFilter, ReservationFilter, bookings, reservations};
pub use of_guest::{bookings_of, stays_of};
pub use places::places_with;
pub use quotes::{quote, standing_quote};
pub use reservations::{events, reservation};
pub use tape_chart::{ChartedStay, TapeChart, tape_chart};

/// The most bookings one list answers.
const LONGEST_LIST: i64 = 200;
