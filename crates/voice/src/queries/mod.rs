//! Reading; nothing here writes.

mod find;
mod recent;

pub(crate) use find::find_locked;
pub use find::{find, find_by_provider_id};
pub use recent::{MOST_LISTED, recent};
