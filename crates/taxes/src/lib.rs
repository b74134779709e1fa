#![doc = include_str!("../README.md")]

mod error;
mod model;
mod rules;

pub use error::LevyError;
pub use model::{
    AgeBand, Charge, Fee, FeeDetails, FeeLine, FeeOccasion, Levies, Per, Reckoned, Rounding, Tax,
    TaxDetails, TaxLine, TaxableStay, Validity,
};
pub use rules::reckon;
