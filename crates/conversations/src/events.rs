//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use motel_jobs::Event;
use motel_kernel::ConversationId;
use serde::{Deserialize, Serialize};

/// Something was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnRecorded {
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// Which turn of it.
    pub seq: i32,
}

/// A guest asked for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationHandedOver {
    /// Which conversation waits.
    pub conversation_id: ConversationId,
}

impl Event for TurnRecorded {
    const KIND: &'static str = "conversation.turn_recorded";
}

impl Event for ConversationHandedOver {
    const KIND: &'static str = "conversation.handed_over";
}
