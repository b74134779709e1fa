#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
#[cfg(feature = "http")]
pub mod http;
mod model;
pub mod queries;
mod schema;

pub use error::CredentialsError;
pub use model::{
    Credential, InvalidAuthToken, KeptCredential, OpenAiAccount, Provider, TwilioAccount,
};
