#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
#[cfg(feature = "http")]
pub mod http;
mod levy_error;
mod model;
pub mod queries;
mod rules;
mod schema;

pub use error::TaxesError;
pub use levy_error::LevyError;
pub use model::{
    AgeBand, Charge, Fee, FeeDetails, FeeLine, FeeOccasion, Levies, Per, Reckoned, Rounding, Tax,
    TaxDetails, TaxLine, TaxableStay, Validity,
};
pub use rules::{reckon, reckon_nights};
