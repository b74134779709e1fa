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

pub use error::AuditError;
pub use model::{Action, Days, Entry, Filter, Flaw, Hash, InvalidFilter, Verdict, Word};
