/// Why a database could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// No connection could be had.
    #[error("no connection to the database could be had")]
    Connection(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A migration failed; the ones before it stand.
    #[error("a migration failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}
