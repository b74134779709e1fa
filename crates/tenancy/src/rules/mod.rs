//! Pure rules.

mod api_key;
mod password;
mod policy_question;

pub(crate) use api_key::{KeyDigest, mint};
pub(crate) use password::{PASSWORD_LENGTH, hash, matches};
