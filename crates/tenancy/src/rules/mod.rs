//! Pure rules.

mod api_key;
mod password;
mod policy_question;
mod session_token;

pub(crate) use api_key::{KeyDigest, mint};
pub(crate) use password::{PASSWORD_LENGTH, hash, is_outdated, matches};
pub(crate) use session_token::{TokenDigest, mint_token};
