/// Why a guest could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum GuestsError {
    /// A statement failed: an unknown fault.
    #[error("the guests could not be read or written")]
    Sql(#[from] diesel::result::Error),
}

impl GuestsError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Sql(_) => "internal",
        }
    }
}
