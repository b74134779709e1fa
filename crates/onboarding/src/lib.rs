#![doc = include_str!("../README.md")]

mod error;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod places;
mod schema;
pub mod setup;
pub mod sign_up;

pub use error::OnboardingError;
pub use places::{COUNTRIES, Country};
