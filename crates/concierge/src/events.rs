//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use motel_jobs::Event;
use motel_kernel::ConversationId;
use serde::{Deserialize, Serialize};

/// A guest was answered while somebody is tried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerToScore {
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// The turn of the answer.
    pub seq: i32,
}

impl Event for AnswerToScore {
    const KIND: &'static str = "answer.to_score";
}
