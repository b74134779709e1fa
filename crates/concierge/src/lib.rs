#![doc = include_str!("../README.md")]

mod dialogue;
mod engine;
#[cfg(feature = "http")]
pub mod http;
mod replies;
pub mod tools;
pub mod understanding;

pub use engine::Concierge;
