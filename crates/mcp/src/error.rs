use motel_concierge::tools::ToolError;
use motel_conversations::ConversationError;
use motel_db::DbError;
use motel_kernel::InvalidCurrency;
use motel_tenancy::{Permission, TenancyError};

/// Why something about assistants could not be done.
#[derive(Debug, thiserror::Error)]
pub enum McpError {
    /// The business has no such key.
    #[error("there is no such key")]
    NoKey,
    /// The key has no such visit: it is over, or was another key's.
    #[error("there is no such visit")]
    NoVisit,
    /// Somebody changed it meanwhile.
    #[error("the ceilings were changed meanwhile")]
    Stale,
    /// What is stored has no meaning.
    #[error("a ceiling is in no known currency")]
    Unreadable(#[from] InvalidCurrency),
    /// The conversation could not be kept.
    #[error(transparent)]
    Conversation(#[from] ConversationError),
    /// The business could not be read.
    #[error(transparent)]
    Tenancy(#[from] TenancyError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl McpError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoKey | Self::NoVisit => "not_found",
            Self::Stale => "version_mismatch",
            Self::Unreadable(_) | Self::Conversation(_) | Self::Tenancy(_) | Self::Db(_) => {
                "internal"
            }
        }
    }
}

impl From<diesel::result::Error> for McpError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

/// That a tool did not do what it was called for, as the assistant is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// A stable word, such as `sold_out`.
    pub code: &'static str,
    /// Why, for the assistant and its guest.
    pub reason: String,
    /// Whether a person has to do it: the assistant may hand it over.
    pub needs_person: bool,
}

impl Refusal {
    /// A refusal that the assistant can do something about.
    pub(crate) fn new(code: &'static str, reason: impl Into<String>) -> Self {
        Self {
            code,
            reason: reason.into(),
            needs_person: false,
        }
    }

    /// A refusal of what only a person may do.
    pub(crate) fn for_a_person(code: &'static str, reason: impl std::fmt::Display) -> Self {
        Self {
            code,
            reason: format!("{reason}. A person has to do this"),
            needs_person: true,
        }
    }

    /// That the key lacks a permission.
    pub(crate) fn forbidden(needs: Permission) -> Self {
        let meaning = needs.meaning();
        let reason = format!("this key lacks the permission {needs}: to {meaning}");
        Self::new("forbidden", reason)
    }

    /// That something broke, of which nothing more is told.
    pub(crate) fn internal() -> Self {
        Self::new("internal", "something went wrong")
    }
}

/// Why a call ended before it was done.
#[derive(Debug)]
pub(crate) enum Stop {
    Refused(Refusal),
    Fault(Box<dyn std::error::Error + Send + Sync>),
}

impl Stop {
    /// What the assistant is told. A fault is logged here, once.
    pub(crate) fn told(self, tool: &str) -> Refusal {
        match self {
            Self::Refused(refusal) => refusal,
            Self::Fault(error) => {
                tracing::error!(
                    error = &*error as &dyn std::error::Error,
                    tool,
                    "a tool failed that an assistant had called"
                );
                Refusal::internal()
            }
        }
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<McpError> for Stop {
    fn from(error: McpError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<DbError> for Stop {
    fn from(error: DbError) -> Self {
        Self::Fault(error.into())
    }
}

impl From<ToolError> for Stop {
    fn from(error: ToolError) -> Self {
        match error {
            ToolError::Refused { code, reason } => Self::Refused(Refusal::new(code, reason)),
            ToolError::Fault(fault) => Self::Fault(fault),
        }
    }
}
