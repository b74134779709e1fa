use serde::{Deserialize, Serialize};

use super::NodeKind;

/// A flow as somebody wrote it: nothing is known of it yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema), schema(as = FlowDefinition))]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// What the flow is called.
    #[cfg_attr(feature = "http", schema(min_length = 1, max_length = 80))]
    pub name: String,
    /// The node it begins at.
    #[cfg_attr(feature = "http", schema(min_length = 1, max_length = 40))]
    pub start: String,
    /// Its nodes: each has an `id` of its own, a `kind`, and what such a kind has.
    #[cfg_attr(
        feature = "http",
        schema(value_type = Vec<Object>, min_items = 1, max_items = 100)
    )]
    pub nodes: Vec<DraftNode>,
}

/// A node of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftNode {
    /// Its name, unique in the flow: a small letter and then small letters, digits and _, 40 at most.
    pub id: String,
    /// What happens there, and where it goes on.
    #[serde(flatten)]
    pub kind: NodeKind,
}
