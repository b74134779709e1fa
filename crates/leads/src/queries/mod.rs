//! Reading; nothing here writes.

mod find;
mod of_person;
mod recent;
mod same_person;

pub use find::find;
pub use of_person::of_person;
pub use recent::{MOST_LISTED, recent};
pub(crate) use same_person::same_person;
