use diesel::result::Error as SqlError;

/// Why the database could not do what was asked. None of these is the guest's fault.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// No connection could be had in time.
    #[error("no database connection could be had")]
    Pool(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A statement failed.
    #[error("a database statement failed")]
    Sql(#[from] SqlError),
}
