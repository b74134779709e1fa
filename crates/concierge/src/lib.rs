#![doc = include_str!("../README.md")]

mod dialogue;
mod engine;
#[cfg(feature = "http")]
pub mod http;
mod replies;
pub mod tools;

pub use engine::Concierge;
pub use motel_understanding as understanding;
