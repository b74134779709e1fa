//! Reading; nothing here writes.

mod called_from;
mod find;
mod recent;

pub use called_from::called_from;
pub(crate) use find::find_locked;
pub use find::{find, find_by_provider_id};
pub use recent::{MOST_LISTED, recent};
