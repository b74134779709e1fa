//! Reading; nothing here writes.

mod find;
mod recent;
mod same_person;

pub use find::find;
pub use recent::{MOST_LISTED, recent};
pub(crate) use same_person::same_person;
