use motel_appointments::AppointmentError;
use motel_billing::BillingError;
use motel_bookings::BookingError;
use motel_conversations::ConversationError;
use motel_knowledge::KnowledgeError;
use motel_leads::LeadError;
use motel_rates::RatesError;
use motel_upsells::UpsellError;

/// Why a tool did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// The domain said no.
    #[error("{reason}")]
    Refused {
        /// A stable word, such as `sold_out`.
        code: &'static str,
        /// Why, as a clause for the guest.
        reason: String,
    },
    /// Something broke.
    #[error("a tool failed")]
    Fault(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl ToolError {
    /// A refusal with its reason.
    pub(crate) fn refused(code: &'static str, reason: impl ToString) -> Self {
        Self::Refused {
            code,
            reason: reason.to_string(),
        }
    }

    /// A fault with its cause.
    pub(crate) fn fault(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Fault(error.into())
    }

    /// The word for the record of the turn.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused { code, .. } => code,
            Self::Fault(_) => "internal",
        }
    }
}

impl From<RatesError> for ToolError {
    fn from(error: RatesError) -> Self {
        match error {
            RatesError::InPast { .. }
            | RatesError::TooLong { .. }
            | RatesError::UnknownUnitGroup { .. } => Self::refused(error.code(), error),
            fault => Self::fault(fault),
        }
    }
}

impl From<BookingError> for ToolError {
    fn from(error: BookingError) -> Self {
        match error.code() {
            "internal" => Self::fault(error),
            code => Self::refused(code, error),
        }
    }
}

impl From<BillingError> for ToolError {
    fn from(error: BillingError) -> Self {
        match error.code() {
            "internal" => Self::fault(error),
            code => Self::refused(code, error),
        }
    }
}

impl From<AppointmentError> for ToolError {
    fn from(error: AppointmentError) -> Self {
        match error.code() {
            "internal" => Self::fault(error),
            code => Self::refused(code, error),
        }
    }
}

impl From<LeadError> for ToolError {
    fn from(error: LeadError) -> Self {
        Self::fault(error)
    }
}

impl From<KnowledgeError> for ToolError {
    fn from(error: KnowledgeError) -> Self {
        Self::fault(error)
    }
}

impl From<ConversationError> for ToolError {
    fn from(error: ConversationError) -> Self {
        Self::fault(error)
    }
}

impl From<UpsellError> for ToolError {
    fn from(error: UpsellError) -> Self {
        match error.code() {
            "internal" => Self::fault(error),
            code => Self::refused(code, error),
        }
    }
}
