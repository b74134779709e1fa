use motel_db::DbError;

/// Why something could not be done about a candidate.
#[derive(Debug, thiserror::Error)]
pub enum ShadowError {
    /// Nobody is tried out.
    #[error("nobody is tried out")]
    NoCandidate,
    /// Somebody changed it meanwhile.
    #[error("the candidate was changed meanwhile")]
    Stale,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// What happened could not be written to the outbox.
    #[error("the candidate's event could not be written")]
    Event(#[from] motel_jobs::JobsError),
}

impl ShadowError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoCandidate => "not_found",
            Self::Stale => "version_mismatch",
            Self::Db(_) | Self::Event(_) => "internal",
        }
    }
}

impl From<diesel::result::Error> for ShadowError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
