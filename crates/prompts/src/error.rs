use motel_db::DbError;

use crate::TemplateFault;

/// Why something about prompts could not be done.
#[derive(Debug, thiserror::Error)]
pub enum PromptsError {
    /// There is no version of this number.
    #[error("there is no such version")]
    NotFound,
    /// The text is no template that may be kept.
    #[error(transparent)]
    Template(#[from] TemplateFault),
    /// No version was active before the one that is.
    #[error("there is nothing to go back to")]
    NothingBefore,
    /// Another version became active since the caller looked.
    #[error("another version became active meanwhile")]
    Stale,
    /// So many versions are kept that none is saved any more.
    #[error("there are as many versions as there can be")]
    TooMany,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl PromptsError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Template(_) => "invalid_input",
            Self::NothingBefore => "nothing_before",
            Self::Stale => "version_mismatch",
            Self::TooMany => "too_many_versions",
            Self::Db(_) => "internal",
        }
    }
}

impl From<diesel::result::Error> for PromptsError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
