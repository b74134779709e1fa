//! From what the domains answer to what the templates show.

mod booking;
mod offer;
mod place;
mod stay;
mod voucher;

pub(crate) use booking::{Account, booking_view};
pub(crate) use offer::{nothing, offers, showcase};
pub(crate) use place::place;
pub(crate) use stay::{lines, stay_of_booking, stay_of_offer};
pub(crate) use voucher::vouchers;
