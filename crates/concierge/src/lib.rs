#![doc = include_str!("../README.md")]

pub mod commands;
mod dialogue;
mod engine;
mod error;
#[cfg(feature = "http")]
pub mod http;
mod model_settings;
pub mod queries;
mod replies;
mod schema;
pub mod tools;
mod verifier;

pub use engine::{Concierge, ModelDesk, PromptPreview, preview};
pub use error::ConciergeError;
pub use model_settings::{ModelApi, ModelChoice, ModelSettings};
pub use motel_understanding as understanding;
