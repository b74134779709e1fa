//! Reading; nothing here writes.

mod candidate;
mod scores;
mod spent;

pub use candidate::{candidate, chosen_candidate};
pub use scores::{compared, differing, rates};
pub use spent::spent_since;

pub(crate) use candidate::candidate_for_update;
