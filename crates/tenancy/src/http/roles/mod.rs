//! What can be permitted, the roles of the program, and those that a business makes for itself.

mod input;
mod parse;
pub(super) mod show;
pub(super) mod write;

pub use parse::parse_role;
