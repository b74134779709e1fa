#![doc = include_str!("../README.md")]

mod envelope;
mod error;
mod key_id;
mod keyring;
mod master_key;
mod sealed;

pub use error::{KeyringError, SealError};
pub use key_id::KeyId;
pub use keyring::Keyring;
pub use master_key::MasterKey;
pub use sealed::{MAX_SECRET_BYTES, Sealed};
pub use zeroize::Zeroizing;
