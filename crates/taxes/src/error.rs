use diesel::result::{DatabaseErrorKind, Error as SqlError};

use crate::LevyError;

/// Why taxes and fees could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum TaxesError {
    /// The property has none of that id.
    #[error("there is no such {what}")]
    NotFound {
        /// `tax` or `fee`.
        what: &'static str,
    },
    /// Somebody changed it meanwhile.
    #[error("it has been changed meanwhile: its version is {current}")]
    Stale {
        /// The version it has now.
        current: i32,
    },
    /// It does not fit together with the others.
    #[error(transparent)]
    Unfit(#[from] LevyError),
    /// Two of one code on the same day, made at the same moment.
    #[error("another one of this code was added at the same moment")]
    Overlapping,
    /// A statement failed: an unknown fault.
    #[error("the taxes could not be read or written")]
    Sql(#[source] SqlError),
}

impl TaxesError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not_found",
            Self::Stale { .. } => "version_mismatch",
            Self::Unfit(_) => "unfit_levies",
            Self::Overlapping => "levy_overlaps",
            Self::Sql(_) => "internal",
        }
    }

    pub(crate) fn check_version(wanted: Option<i32>, current: i32) -> Result<(), Self> {
        match wanted {
            Some(wanted) if wanted != current => Err(Self::Stale { current }),
            _ => Ok(()),
        }
    }
}

impl From<SqlError> for TaxesError {
    fn from(error: SqlError) -> Self {
        match &error {
            SqlError::DatabaseError(DatabaseErrorKind::ExclusionViolation, _) => Self::Overlapping,
            _ => Self::Sql(error),
        }
    }
}
