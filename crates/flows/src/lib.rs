#![doc = include_str!("../README.md")]

pub mod commands;
mod defaults;
mod error;
#[cfg(feature = "http")]
pub mod http;
mod model;
pub mod queries;
mod rules;
mod schema;

pub use defaults::default_flow;
pub use error::FlowError;
pub use model::{
    Asked, Draft, DraftNode, Fault, Faults, Flow, FlowKind, Node, NodeKind, Team, Version,
};
pub use rules::{Came, Facts, Pause, Step, next};
