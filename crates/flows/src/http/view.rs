use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::queries::Written;
use crate::{Draft, FlowKind, Version};

/// The flows of the business.
#[derive(Debug, Serialize, ToSchema)]
pub struct Flows {
    /// One of each kind.
    pub flows: Vec<FlowKindView>,
}

/// The flow of a kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowKindView {
    /// `reservations`, `faq`, `routing` or `after_hours`.
    #[schema(value_type = String)]
    pub kind: FlowKind,
    /// The version in force; `null` while it is the default.
    #[schema(required)]
    pub active: Option<i32>,
    /// The flow that there is to start from.
    pub default: Draft,
}

/// A version without what it says.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowVersionSummary {
    version: i32,
    name: String,
    made_by: String,
    made_at: DateTime<Utc>,
}

/// A version of a flow.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowVersionView {
    /// `reservations`, `faq`, `routing` or `after_hours`.
    #[schema(value_type = String)]
    kind: FlowKind,
    /// The first is 1. What a version says never changes.
    version: i32,
    made_by: String,
    made_at: DateTime<Utc>,
    /// What it says.
    definition: Draft,
}

impl From<Written> for FlowVersionSummary {
    fn from(version: Written) -> Self {
        Self {
            version: version.version,
            name: version.name,
            made_by: version.made_by,
            made_at: version.made_at,
        }
    }
}

impl From<Version> for FlowVersionView {
    fn from(version: Version) -> Self {
        Self {
            kind: version.kind,
            version: version.version,
            made_by: version.made_by,
            made_at: version.made_at,
            definition: version.flow.into(),
        }
    }
}
