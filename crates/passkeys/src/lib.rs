#![doc = include_str!("../README.md")]

mod ceremony;
mod check;
pub mod commands;
mod error;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod keeper;
mod model;
pub mod queries;
mod schema;

pub use ceremony::{Begun, CeremonyId};
pub use error::PasskeyError;
pub use keeper::PasskeyKeeper;
pub use model::{
    InvalidCredential, InvalidPasskeyName, KeptPasskey, NewPasskey, PasskeyId, PasskeyName,
    RelyingParty, ShownPasskey,
};
