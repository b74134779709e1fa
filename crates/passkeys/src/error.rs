use motel_db::DbError;
use motel_tenancy::TenancyError;

/// Why something about passkeys could not be done.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// The installation's address is one for which browsers make no passkeys.
    #[error("this installation has no address for which there are passkeys")]
    Unavailable,
    /// Twenty are kept already.
    #[error("twenty passkeys are kept; remove one first")]
    TooMany,
    /// What was asked was answered before, is five minutes old, or was asked elsewhere.
    #[error("this took too long, or was answered before")]
    CeremonyOver,
    /// What was shown is not what was asked for.
    #[error("this passkey is not right")]
    Refused,
    /// Somebody keeps this very passkey.
    #[error("this passkey is kept already")]
    AlreadyKept,
    /// It is the only second factor of a member whose business asks for one.
    #[error("this is the only second factor, and the business asks for one")]
    LastFactor,
    /// The member has no such passkey.
    #[error("there is no such passkey")]
    NotFound,
    /// What was asked, or a passkey, cannot be written down or read.
    #[error("a passkey cannot be read")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The account does not let it happen.
    #[error(transparent)]
    Tenancy(#[from] TenancyError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl PasskeyError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unavailable => "passkeys_unavailable",
            Self::TooMany => "too_many_passkeys",
            Self::CeremonyOver => "ceremony_over",
            Self::Refused => "wrong_passkey",
            Self::AlreadyKept => "passkey_known",
            Self::LastFactor => "last_second_factor",
            Self::NotFound => "not_found",
            Self::Tenancy(error) => error.code(),
            Self::Unreadable(_) | Self::Db(_) => "internal",
        }
    }

    pub(crate) fn unreadable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unreadable(error.into())
    }
}

impl From<diesel::result::Error> for PasskeyError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
