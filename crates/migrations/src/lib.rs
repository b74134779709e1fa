#![doc = include_str!("../README.md")]

mod error;
mod history;

pub use error::MigrationError;
pub use history::{digest, pending, run, run_for};
