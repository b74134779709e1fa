#![doc = include_str!("../README.md")]

pub mod catalogue;
pub mod commands;
mod desk;
mod error;
#[cfg(feature = "http")]
pub mod http;
mod model;
pub mod queries;
pub mod rules;
mod schema;

pub use desk::{Assistant, AssistantDesk, Listed};
pub use error::{McpError, Refusal};
pub use model::{Ceilings, SetCeilings, VisitId};
