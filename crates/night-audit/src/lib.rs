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

pub use error::NightAuditError;
pub use events::NightAudited;
pub use model::{
    ChargedNight, Finding, FindingKind, NightAudit, Report, RolledNoShow, Schedule, Statistics,
};
