use chrono::{DateTime, Utc};

use super::{Flow, FlowKind};

/// A flow as it was written once. It never changes; another one takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// What it is for.
    pub kind: FlowKind,
    /// The first is 1.
    pub version: i32,
    /// What it says.
    pub flow: Flow,
    /// By whom.
    pub made_by: String,
    /// When.
    pub made_at: DateTime<Utc>,
}
