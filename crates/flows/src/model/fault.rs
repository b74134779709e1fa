/// Why a draft is no flow. Each names the node.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The name is too short or too long.
    #[error("the name must have 1 to 80 characters")]
    Name,
    /// Too many nodes, or none.
    #[error("a flow has 1 to {most} nodes")]
    Size {
        /// The most.
        most: usize,
    },
    /// A node's name is no name.
    #[error(
        "node {0:?}: the name must be a small letter and then small letters, digits and _, 40 at most"
    )]
    NodeName(String),
    /// Two nodes of one name.
    #[error("node {0:?} is there twice")]
    Twice(String),
    /// The start is no node.
    #[error("there is no node {0:?} to start at")]
    NoStart(String),
    /// An edge leads nowhere.
    #[error("node {from:?} goes on to {to:?}, which is not there")]
    NoSuchNode {
        /// The node.
        from: String,
        /// Where it leads.
        to: String,
    },
    /// Nothing leads there.
    #[error("node {0:?} is never reached")]
    Unreached(String),
    /// No end can be reached from there.
    #[error("from node {0:?} no end is ever reached")]
    NoWayOut(String),
    /// It can go round without asking anything.
    #[error("from node {0:?} it goes round without a question")]
    Endless(String),
    /// No such intent.
    #[error("node {node:?}: there is no intent {intent:?}")]
    UnknownIntent {
        /// The node.
        node: String,
        /// What was named.
        intent: String,
    },
    /// No case, or too many.
    #[error("node {0:?}: it must tell apart 1 to 20 intents")]
    Cases(String),
    /// A text is too short or too long.
    #[error("node {0:?}: the text must have 1 to 1000 characters, without control characters")]
    Text(String),
}
