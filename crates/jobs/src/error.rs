use motel_db::DbError;

/// Why an event could not be published or delivered.
#[derive(Debug, thiserror::Error)]
pub enum JobsError {
    /// The event cannot be written as JSON, or what was written is not such an event.
    #[error("a {kind} event does not fit its JSON")]
    Payload {
        /// Which kind of event.
        kind: String,
        /// What serde found.
        #[source]
        source: serde_json::Error,
    },
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for JobsError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
