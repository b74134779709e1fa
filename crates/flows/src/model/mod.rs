//! Flows as they are written, as they were checked, and as they are kept.

mod draft;
mod fault;
mod flow;
mod node;
mod version;

pub use draft::{Draft, DraftNode};
pub use fault::Fault;
pub use flow::{Faults, Flow, FlowKind};
pub use node::{Asked, Node, NodeKind, Team};
pub use version::Version;
