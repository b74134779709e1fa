use serde::{Deserialize, Serialize};

/// A tool the concierge used while it answered, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionTaken {
    /// The tool's name, such as `search_availability`.
    pub tool: String,
    /// One word or short phrase: `done`, `sold_out`, `RM-7K3F9Q`.
    pub outcome: String,
}
