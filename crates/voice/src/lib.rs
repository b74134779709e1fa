#![doc = include_str!("../README.md")]

pub mod commands;
mod desk;
mod error;
mod events;
#[cfg(feature = "http")]
pub mod http;
mod model;
pub mod queries;
mod rules;
mod schema;

pub use desk::CallDesk;
pub use error::VoiceError;
pub use events::{CallEnded, CallStarted};
pub use model::{
    Answer, Call, CallStatus, Heard, IncomingCall, InvalidCallId, InvalidDigits, KeysPressed,
    Provider, ProviderCallId, Then,
};
