#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod model;
pub mod queries;
mod rules;
mod schema;

pub use error::HousekeepingError;
pub use model::{
    CleaningRule, CleaningRuleDetails, Planned, Task, TaskAction, TaskKind, TaskStatus, UnitToday,
};
