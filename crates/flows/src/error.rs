/// Why a flow could not be kept or made the one in force.
#[derive(Debug, thiserror::Error)]
pub enum FlowError {
    /// There is no such version.
    #[error("there is no such version of this flow")]
    NotFound,
    /// As many versions as there may be are kept.
    #[error("at most {most} versions of a flow are kept")]
    TooMany {
        /// How many.
        most: i32,
    },
    /// Somebody else wrote a version at the same moment.
    #[error("another version was written at the same moment")]
    Busy,
    /// A statement failed: an unknown fault.
    #[error("the flows could not be read or written")]
    Sql(#[from] diesel::result::Error),
}

impl FlowError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::TooMany { .. } => "too_many_versions",
            Self::Busy => "version_mismatch",
            Self::Sql(_) => "internal",
        }
    }
}
