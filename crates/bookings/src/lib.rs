#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
mod events;
mod guest_bookings;
mod guest_ledger;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod model;
pub mod queries;
pub mod rules;
mod schema;

pub use error::BookingError;
pub use events::{
    BookingCancelled, BookingConfirmed, ReservationCancelled, ReservationChanged,
    ReservationCheckedIn, ReservationCheckedOut, ReservationMoved, ReservationNightCharged,
    ReservationNoShow, ReservationReinstated,
};
pub use guest_bookings::GuestBookings;
pub use guest_ledger::GuestLedger;
pub use model::{
    Booker, Booking, BookingSource, By, Cancellation, CancellationStep, Change, Effect,
    IdempotencyKey, InvalidIdempotencyKey, NightChange, Quote, QuotedStay, Reservation,
    ReservationEvent, ReservationEventKind, ReservationStatus, Snapshot, StayRequest, Terms,
};
