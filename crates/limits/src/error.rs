use motel_db::DbError;

/// Why it could not be counted.
#[derive(Debug, thiserror::Error)]
pub enum LimitsError {
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A statement failed.
    #[error("the database failed: {0}")]
    Sql(#[from] diesel::result::Error),
}
