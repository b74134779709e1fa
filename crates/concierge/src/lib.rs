#![doc = include_str!("../README.md")]

pub mod commands;
mod dialogue;
mod engine;
mod error;
mod events;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod model_settings;
pub mod queries;
pub mod rehearsal;
mod replies;
mod schema;
pub mod tools;
mod verifier;

pub use engine::{Concierge, ModelDesk, PromptPreview, RehearsalError, Rehearsed, preview};
pub use error::ConciergeError;
pub use events::AnswerToScore;
pub use model_settings::{ModelApi, ModelChoice, ModelSettings};
pub use motel_understanding as understanding;
