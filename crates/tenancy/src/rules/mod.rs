//! Pure rules.

mod addressed_token;
mod api_key;
mod password;
mod policy_question;
mod session_token;
mod slug_candidates;
mod standing;

pub use addressed_token::AddressedToken;
pub(crate) use api_key::{KeyDigest, mint};
pub(crate) use password::{PASSWORD_LENGTH, hash, is_outdated, matches};
pub(crate) use session_token::{TokenDigest, mint_token};
pub use slug_candidates::plain_words;
pub(crate) use slug_candidates::slug_candidates;
pub(crate) use standing::purged_if_deleted_by;
#[cfg(feature = "http")]
pub(crate) use standing::{Wish, lets};
