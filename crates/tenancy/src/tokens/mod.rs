//! What programs bring to be known: access tokens, which say for some minutes who somebody is, and refresh tokens, each of which
//! is good for the next pair.

mod access;
mod claims;
mod family;
mod lifetime;
mod refresh;

pub use access::{AccessToken, AccessTokens};
#[cfg(feature = "http")]
pub(crate) use claims::words;
pub use claims::{Grant, Holder};
pub use family::{Family, Rotation, open_family, rotate};
pub use lifetime::Lifetime;
pub use refresh::RefreshToken;
