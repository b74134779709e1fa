#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
#[cfg(feature = "http")]
pub mod http;
mod joins;
mod model;
pub mod queries;
mod rules;
mod schema;
#[cfg(feature = "testing")]
pub mod testing;

pub use error::RatesError;
pub use model::{
    Alternative, Charges, Derivation, FeeLine, GroupRate, LineKind, NightPart, NightPrice, Offer,
    PartKind, PriceLine, RatePlan, RatePlanDetails, RateTable, RateTerms, Reason, SearchRequest,
    SearchResult, StayPrice, TaxLine, Terms, Unavailable, Weekdays,
};
pub use rules::{Unpriced, price_stay};
