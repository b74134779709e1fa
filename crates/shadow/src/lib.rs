#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
mod events;
pub mod jobs;
mod model;
#[cfg(feature = "http")]
mod problem;
pub mod queries;
mod rules;
mod schema;

pub use error::ShadowError;
pub use events::CandidateRolledBack;
pub use model::{
    Candidate, CandidateEngine, CandidateSettings, Ending, NewScore, RolledBack, Score, Terms,
};
pub use rules::{
    Comparison, Difference, FigureSaid, IntentReadiness, READY_AT, READY_TURNS, Rates, Told,
    ToolUse, compare, ending_of, readiness, takes,
};
