#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
mod events;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod model;
pub mod queries;
pub mod rules;
mod schema;

pub use error::BookingError;
pub use events::{BookingCancelled, BookingConfirmed};
pub use model::{
    Booker, Booking, BookingSource, BookingStatus, Cancellation, IdempotencyKey,
    InvalidIdempotencyKey, Quote, Stay,
};
