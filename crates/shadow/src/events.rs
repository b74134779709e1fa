//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use motel_jobs::Event;
use serde::{Deserialize, Serialize};

/// A candidate did worse than the business lets it, and answers nobody any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CandidateRolledBack {
    /// Who it was, "built in" or the model's name.
    pub candidate: String,
    /// Of a hundred conversations, how many it had.
    pub share: i16,
    /// Why, as a clause.
    pub why: String,
}

impl Event for CandidateRolledBack {
    const KIND: &'static str = "candidate.rolled_back";
}
