use motel_db::DbError;
use motel_kernel::ConversationId;

/// Why something could not be done to a conversation.
#[derive(Debug, thiserror::Error)]
pub enum ConversationError {
    /// This tenant has no conversation of that id.
    #[error("there is no conversation {0}")]
    NotFound(ConversationId),
    /// The state was saved by somebody else since it was read.
    #[error("conversation {0} has moved on meanwhile")]
    StateMoved(ConversationId),
    /// The rules were set by somebody else meanwhile.
    #[error("the rules were changed meanwhile")]
    Stale,
    /// The database failed.
    #[error("the conversation could not be read or written")]
    Db(#[from] DbError),
    /// What happened could not be written to the outbox.
    #[error("the conversation's event could not be written")]
    Event(#[from] motel_jobs::JobsError),
}

impl ConversationError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "conversation_not_found",
            Self::StateMoved(_) => "conversation_moved",
            Self::Stale => "version_mismatch",
            Self::Db(_) | Self::Event(_) => "internal",
        }
    }
}

impl From<diesel::result::Error> for ConversationError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
