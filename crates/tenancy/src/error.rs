use motel_db::DbError;
use motel_jobs::JobsError;
use motel_mail::MailError;

use crate::team::TeamRefusal;

/// Why something about tenants, properties or staff could not be done.
#[derive(Debug, thiserror::Error)]
pub enum TenancyError {
    /// Somebody of the installation signs in with this address already.
    #[error("this e-mail address is taken")]
    EmailTaken,
    /// Shorter than ten characters, or longer than anybody types.
    #[error("a password has {} to {} characters", crate::rules::PASSWORD_LENGTH.start(), crate::rules::PASSWORD_LENGTH.end())]
    UnfitPassword,
    /// A hundred keys work already.
    #[error("a hundred keys are in use; revoke one first")]
    TooManyKeys,
    /// The tenant does real business, so its clock is the machine's.
    #[error("only the clock of a sandbox can be moved")]
    NotASandbox,
    /// Back, or further than a hundred years.
    #[error("a clock goes forward, and at most a hundred years ahead of the real time")]
    ClockRefused,
    /// The tenant has no property.
    #[error("the tenant has no property")]
    NoProperty,
    /// Every address that can be made of a name is taken.
    #[error("every address that can be made of this name is taken")]
    NoAddressLeft,
    /// A mailed link was used, is over, or never was one.
    #[error("this link was used, or its time is over")]
    LinkGone,
    /// So many wait for their passwords to be compared that nobody else may queue up.
    #[error("too many sign in at this moment")]
    Busy,
    /// The business was deleted.
    #[error("this business is deleted; restore it first")]
    TenantDeleted,
    /// Who is signed in did not show once more that it is them: the password or the code was wrong.
    #[error("password or code is not right")]
    NotProven,
    /// It was tried too often.
    #[error("too many attempts")]
    TooManyAttempts {
        /// How long to wait.
        seconds: u32,
    },
    /// Something about a team was refused.
    #[error(transparent)]
    Team(#[from] TeamRefusal),
    /// The tenant has no such thing.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// A stored value cannot be read, or a value cannot be stored.
    #[error("a tenant's settings cannot be read")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A password could not be hashed.
    #[error("the password could not be hashed")]
    Hashing(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl TenancyError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EmailTaken => "email_taken",
            Self::UnfitPassword => "unfit_password",
            Self::TooManyKeys => "too_many_keys",
            Self::NotASandbox => "not_a_sandbox",
            Self::ClockRefused => "clock_refused",
            Self::NoProperty => "no_property",
            Self::NoAddressLeft => "no_address_left",
            Self::LinkGone => "link_gone",
            Self::Busy => "sign_in_busy",
            Self::TenantDeleted => "tenant_deleted",
            Self::NotProven => "not_proven",
            Self::TooManyAttempts { .. } => "too_many_attempts",
            Self::Team(refusal) => refusal.code(),
            Self::NotFound(_) => "not_found",
            Self::Unreadable(_) | Self::Hashing(_) | Self::Db(_) => "internal",
        }
    }

    pub(crate) fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unreadable(error.into())
    }
}

impl From<diesel::result::Error> for TenancyError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<JobsError> for TenancyError {
    fn from(error: JobsError) -> Self {
        match error {
            JobsError::Db(error) => Self::Db(error),
            other => Self::Unreadable(other.into()),
        }
    }
}

impl From<MailError> for TenancyError {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Db(error) => Self::Db(error),
            other => Self::Unreadable(other.into()),
        }
    }
}
