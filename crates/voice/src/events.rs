//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use motel_jobs::Event;
use motel_kernel::{CallId, ConversationId};
use serde::{Deserialize, Serialize};

use crate::model::{Call, CallStatus};

/// A call was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallStarted {
    /// Which.
    pub call_id: CallId,
    /// Where its words are.
    pub conversation_id: ConversationId,
}

/// A call is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallEnded {
    /// Which.
    pub call_id: CallId,
    /// Where its words are.
    pub conversation_id: ConversationId,
    /// Completed, or incomplete when the caller hung up.
    pub status: CallStatus,
}

impl Event for CallStarted {
    const KIND: &'static str = "call.started";
}

impl Event for CallEnded {
    const KIND: &'static str = "call.ended";
}

impl From<&Call> for CallStarted {
    fn from(call: &Call) -> Self {
        Self {
            call_id: call.id,
            conversation_id: call.conversation_id,
        }
    }
}

impl From<&Call> for CallEnded {
    fn from(call: &Call) -> Self {
        Self {
            call_id: call.id,
            conversation_id: call.conversation_id,
            status: call.status,
        }
    }
}
