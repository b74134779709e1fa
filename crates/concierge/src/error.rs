use motel_db::DbError;

/// Why something about who answers guests could not be done.
#[derive(Debug, thiserror::Error)]
pub enum ConciergeError {
    /// No model was chosen.
    #[error("no model was chosen")]
    NoModel,
    /// Somebody changed it meanwhile.
    #[error("the model was changed meanwhile")]
    Stale,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl ConciergeError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoModel => "not_found",
            Self::Stale => "version_mismatch",
            Self::Db(_) => "internal",
        }
    }
}

impl From<diesel::result::Error> for ConciergeError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
