//! The nouns: one a file.

mod booking;
mod idempotency_key;
mod quote;
mod stay;

pub use booking::{Booker, Booking, BookingSource, BookingStatus, Cancellation};
pub(crate) use booking::{BookingRow, NewBooking};
pub use idempotency_key::{IdempotencyKey, InvalidIdempotencyKey};
pub use quote::Quote;
pub(crate) use quote::QuoteRow;
pub use stay::Stay;
pub(crate) use stay::StayRow;
