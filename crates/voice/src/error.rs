use motel_conversations::ConversationError;
use motel_db::DbError;

/// Why a call could not go on.
#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    /// This tenant has no such call.
    #[error("there is no such call")]
    NoSuchCall,
    /// The call has not come to this turn yet.
    #[error("the call has not come to turn {0} yet")]
    TurnOutOfOrder(i32),
    /// What was stored as an answer is none.
    #[error("a stored answer cannot be read")]
    UnreadableAnswer(#[from] serde_json::Error),
    /// The task that worked out the answer died.
    #[error("the answer was not worked out to its end")]
    Abandoned(#[from] tokio::task::JoinError),
    /// The call's conversation could not be led.
    #[error("the call's conversation could not be led")]
    Conversation(#[from] ConversationError),
    /// The database failed.
    #[error("the call could not be read or written")]
    Db(#[from] DbError),
    /// What happened could not be written to the outbox.
    #[error("the call's event could not be written")]
    Event(#[from] motel_jobs::JobsError),
}

impl VoiceError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSuchCall => "call_not_found",
            Self::TurnOutOfOrder(_) => "turn_out_of_order",
            _ => "internal",
        }
    }
}

impl From<diesel::result::Error> for VoiceError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
