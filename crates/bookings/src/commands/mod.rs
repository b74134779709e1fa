//! Use cases, one a file. The caller opens the transaction and commits it.
//!
//! **Lock order:** idempotency key, counters (by unit group, then night), reservations, booking. A command locks all the
//! counters it may need by one call before it locks a reservation.

mod add;
mod archive_unit;
mod block;
mod book;
mod business_day;
mod cancel;
pub(crate) mod change;
mod change_group;
mod check_in;
mod check_out;
mod claims;
mod confirm;
mod expire;
mod idempotency;
mod make;
mod modify;
mod move_unit;
mod no_show;
pub(crate) mod occasion;
mod pin;
pub(crate) mod placement;
mod pricing;
mod promo;
mod quote;
pub(crate) mod record;
mod reinstate;
mod reprice;
mod reserve;
mod split;

pub use add::add_reservation;
pub use archive_unit::archive_unit;
pub use block::block_unit;
pub use book::{BookRequest, Booked, book, book_quote, reserve_once};
pub use business_day::advance_business_date;
pub use cancel::{cancel, cancel_all, cancel_reservation};
pub use change_group::{GroupChange, NewGroup, change_group};
pub use check_in::check_in;
pub use check_out::{check_out, settled_up};
pub use confirm::{confirm, confirm_booking};
pub use expire::{release_expired_holds, release_holds};
pub use modify::{Modification, depart_early, extend, modify};
pub use move_unit::{assign_unit, move_unit};
pub use no_show::mark_no_show;
pub use pin::{pin, unpin};
pub use placement::NoRoom;
pub use quote::{QUOTE_STANDS, quote};
pub use reinstate::{reinstate, undo};
pub use reserve::{HOLD_STANDS, HoldEnd, ReserveRequest, WantedStays, reserve};
pub use split::split;
