//! Reading; nothing here writes.

mod find;
mod recent;
mod transcript;

pub use find::{find, load_for_update};
pub use recent::{MOST_LISTED, recent};
pub use transcript::transcript;
