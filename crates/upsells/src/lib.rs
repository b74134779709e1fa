#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
#[cfg(feature = "http")]
pub mod http;
mod model;
pub mod queries;
mod rules;
mod schema;

pub use error::UpsellError;
pub use model::{
    Added, Addition, Conditions, InvalidWords, Offered, Outcome, Past, Priced, Rule, RuleDetails,
    RuleId, Showing, ShowingId, Span, TakeUp, Trigger, Wanted, Words,
};
pub use rules::{Facts, condition_words, fitting, starts};
