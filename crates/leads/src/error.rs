use motel_db::DbError;

/// Why something could not be done to a lead.
#[derive(Debug, thiserror::Error)]
pub enum LeadError {
    /// This tenant has used every number there is.
    #[error("no lead number is left")]
    NoNumberLeft,
    /// The database failed.
    #[error("the lead could not be read or written")]
    Db(#[from] DbError),
    /// What happened could not be written to the outbox.
    #[error("the lead's event could not be written")]
    Event(#[from] motel_jobs::JobsError),
}

impl LeadError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoNumberLeft => "no_lead_number_left",
            Self::Db(_) | Self::Event(_) => "internal",
        }
    }
}

impl From<diesel::result::Error> for LeadError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
