#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
mod guest;
pub mod queries;
mod schema;

pub use error::GuestsError;
pub use guest::{Guest, GuestDetails};
