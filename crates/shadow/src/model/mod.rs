//! The nouns of this crate.

mod candidate;
mod score;
mod terms;

pub use candidate::{Candidate, CandidateEngine, CandidateSettings, RolledBack};
pub use score::{Ending, NewScore, Score};
pub use terms::Terms;
