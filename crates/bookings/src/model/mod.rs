//! The nouns: one a file.

mod booking;
mod by;
mod effect;
mod idempotency_key;
mod quote;
mod reservation;
mod reservation_event;
mod reservation_status;
mod stay_request;

pub use booking::{Booker, Booking, BookingSource};
pub(crate) use booking::{BookingRow, NewBooking};
pub use by::By;
pub(crate) use effect::night_changes;
pub use effect::{Effect, NightChange};
pub use idempotency_key::{IdempotencyKey, InvalidIdempotencyKey};
pub use motel_rates::{CancellationStep, Terms};
pub(crate) use quote::QuoteRow;
pub use quote::{Quote, QuotedStay};
pub(crate) use reservation::ReservationRow;
pub use reservation::{Cancellation, Reservation};
pub(crate) use reservation_event::ReservationEventRow;
pub use reservation_event::{Change, ReservationEvent, ReservationEventKind, Snapshot};
pub use reservation_status::ReservationStatus;
pub use stay_request::StayRequest;
