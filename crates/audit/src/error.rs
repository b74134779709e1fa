use motel_db::DbError;

/// Why the log could not be read, chained or cut.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// What stands where a hash should be is none.
    #[error("what is kept as the head of a chain is no hash")]
    NoHash,
    /// The tenant's log is being walked by somebody else: one at a time, as it takes a while.
    #[error("the log is being verified already; ask again in a moment")]
    UnderWay,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl AuditError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnderWay => "verification_under_way",
            Self::NoHash | Self::Db(_) => "internal",
        }
    }
}

impl From<diesel::result::Error> for AuditError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
