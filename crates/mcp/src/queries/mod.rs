//! Reading; nothing here writes.

mod ceilings;
mod made;
mod visits;

pub use ceilings::{ceilings, ceilings_for_booking};
pub use made::{made_by, made_since};
pub use visits::is_visiting;
