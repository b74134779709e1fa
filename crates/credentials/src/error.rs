use motel_db::DbError;
use motel_seal::SealError;

/// Why something about credentials could not be done.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
    /// The tenant has set none for this provider.
    #[error("nothing is set for this provider")]
    NotSet,
    /// What is kept cannot be opened, or something cannot be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// What was opened is not what is kept for this provider.
    #[error("what is kept for a provider cannot be read")]
    Unreadable,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl CredentialsError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotSet => "not_found",
            Self::Seal(_) | Self::Unreadable | Self::Db(_) => "internal",
        }
    }
}

impl From<diesel::result::Error> for CredentialsError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
