use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Draft, DraftNode, Fault, Node};
use crate::rules::check;

motel_db::text_enum! {
    /// What a flow is for. A business has one in force of each kind.
    pub enum FlowKind {
        /// Booking.
        Reservations = "reservations",
        /// Questions about the house.
        Faq = "faq",
        /// Who takes over what.
        Routing = "routing",
        /// What is said while the desk is closed.
        AfterHours = "after_hours",
    }
}

/// A flow that was checked: one start, every node reached, an end in reach of each, and no way round without a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Draft", into = "Draft")]
pub struct Flow {
    name: String,
    start: String,
    nodes: BTreeMap<String, Node>,
}

impl Flow {
    /// The most nodes.
    pub const MOST_NODES: usize = 100;

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The node it begins at.
    pub fn start(&self) -> &str {
        &self.start
    }

    /// A node by its name.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// Everything that guests would read.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.nodes.values().filter_map(Node::text)
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never: a flow has a start.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

impl TryFrom<Draft> for Flow {
    type Error = Faults;

    fn try_from(draft: Draft) -> Result<Self, Faults> {
        let faults = check(&draft);
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let nodes = draft.nodes.into_iter();
        Ok(Self {
            name: draft.name.trim().to_owned(),
            start: draft.start,
            nodes: nodes.map(|node| (node.id, node.kind)).collect(),
        })
    }
}

impl From<Flow> for Draft {
    fn from(flow: Flow) -> Self {
        let nodes = flow.nodes.into_iter();
        Self {
            name: flow.name,
            start: flow.start,
            nodes: nodes.map(|(id, kind)| DraftNode { id, kind }).collect(),
        }
    }
}

/// Everything that is wrong with a draft, at least one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl std::fmt::Display for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let said: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&said.join("; "))
    }
}

impl std::error::Error for Faults {}
