use motel_db::DbError;
use motel_jobs::JobsError;
use motel_kernel::MoneyError;
use motel_payments::GatewayError;
use motel_tenancy::TenancyError;

/// Why something about a subscription could not be done.
#[derive(Debug, thiserror::Error)]
pub enum PlansError {
    /// There is none, or it is another tenant's.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// It was changed by somebody else in between.
    #[error("it has changed since it was read")]
    Stale,
    /// The subscription is on this plan already.
    #[error("the subscription is on this plan already")]
    SamePlan,
    /// Its status does not allow it: cancelled, suspended, or not to be cancelled at all.
    #[error("the subscription is not in a state for this")]
    WrongStatus,
    /// More seats or properties are in use than the plan has.
    #[error("more {0} are in use than this plan has")]
    AboveLimit(&'static str),
    /// What has ended begins anew only when all that is overdue was paid.
    #[error("a statement is overdue and has to be paid first")]
    StatementOverdue,
    /// The statement is paid.
    #[error("this statement is paid")]
    StatementPaid,
    /// What is metered may not be used now.
    #[error("{0}")]
    Refused(Refusal),
    /// The payment gateway did not do what was asked.
    #[error("the payment gateway failed")]
    Gateway(#[from] GatewayError),
    /// A row that our own rules would refuse, or a fault of a crate below.
    #[error("a subscription could not be read or changed")]
    Fault(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbError),
}

/// Why something metered may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A statement has been unpaid for too long.
    #[error("the subscription is suspended, since a statement is unpaid")]
    Suspended,
    /// The subscription has ended.
    #[error("the subscription has ended")]
    Ended,
    /// What the plan includes is used up during the trial, in which there is nothing beyond it.
    #[error("what the trial includes is used up")]
    TrialUsedUp,
    /// The owner wanted it to stop at the budget.
    #[error("the budget of this period is used up")]
    BudgetUsedUp,
}

impl Refusal {
    /// A stable word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Suspended => "subscription_suspended",
            Self::Ended => "subscription_ended",
            Self::TrialUsedUp => "trial_used_up",
            Self::BudgetUsedUp => "budget_used_up",
        }
    }
}

impl PlansError {
    pub(crate) fn fault(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Fault(error.into())
    }

    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not_found",
            Self::Stale => "version_mismatch",
            Self::SamePlan => "same_plan",
            Self::WrongStatus => "wrong_subscription_status",
            Self::AboveLimit(_) => "above_limit",
            Self::StatementOverdue => "statement_overdue",
            Self::StatementPaid => "statement_paid",
            Self::Refused(refusal) => refusal.code(),
            Self::Gateway(_) => "payments_unavailable",
            Self::Fault(_) | Self::Db(_) => "internal",
        }
    }
}

impl From<diesel::result::Error> for PlansError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

macro_rules! faults {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for PlansError {
            fn from(error: $error) -> Self {
                Self::fault(error)
            }
        }
    )+};
}

faults!(JobsError, MoneyError, TenancyError, serde_json::Error);
