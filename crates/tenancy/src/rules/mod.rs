//! Pure rules.

mod password;
mod policy_question;

pub(crate) use password::{PASSWORD_LENGTH, hash, matches};
