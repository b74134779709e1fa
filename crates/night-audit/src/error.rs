use chrono::NaiveDate;
use motel_bookings::BookingError;
use motel_db::DbError;
use motel_inventory::InventoryError;
use motel_jobs::JobsError;
use motel_kernel::MoneyError;
use motel_tenancy::TenancyError;

/// Why a day could not be closed, or shown.
#[derive(Debug, thiserror::Error)]
pub enum NightAuditError {
    /// The day was closed before.
    #[error("{0} was closed before")]
    AlreadyClosed(NaiveDate),
    /// The property works on another day.
    #[error("the property works on {current}, not on {asked}")]
    NotTheDay {
        /// The day that was to be closed.
        asked: NaiveDate,
        /// The business date.
        current: NaiveDate,
    },
    /// The day has not begun on the wall calendar.
    #[error("{0} has not begun yet")]
    NotBegun(NaiveDate),
    /// No audit closed such a day.
    #[error("there is no such night audit")]
    NotFound,
    /// The schedule was changed by somebody else in between.
    #[error("the schedule has changed since it was read")]
    Stale,
    /// A reservation could not be read or changed.
    #[error(transparent)]
    Booking(#[from] BookingError),
    /// A row that our own rules would refuse, or a fault of a crate below.
    #[error("a day could not be closed or read")]
    Fault(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbError),
}

impl NightAuditError {
    pub(crate) fn fault(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Fault(error.into())
    }

    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AlreadyClosed(_) => "already_closed",
            Self::NotTheDay { .. } => "not_the_business_date",
            Self::NotBegun(_) => "not_begun",
            Self::NotFound => "not_found",
            Self::Stale => "version_mismatch",
            Self::Booking(error) => error.code(),
            Self::Fault(_) | Self::Db(_) => "internal",
        }
    }
}

impl From<diesel::result::Error> for NightAuditError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

macro_rules! faults {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for NightAuditError {
            fn from(error: $error) -> Self {
                Self::fault(error)
            }
        }
    )+};
}

faults!(
    InventoryError,
    JobsError,
    MoneyError,
    TenancyError,
    serde_json::Error
);
