use diesel::result::{DatabaseErrorKind, Error as SqlError};
use motel_bookings::BookingError;
use motel_db::DbError;
use motel_inventory::InventoryError;
use motel_tenancy::TenancyError;

use crate::{TaskAction, TaskStatus};

/// Why something about cleaning could not be done.
#[derive(Debug, thiserror::Error)]
pub enum HousekeepingError {
    /// There is no such task.
    #[error("there is no such task")]
    UnknownTask,
    /// Nobody of the staff has that id.
    #[error("nobody of the staff has this id")]
    UnknownAssignee,
    /// A task that stands there cannot take this step.
    #[error("a task that is {status} cannot be {what}", what = action.participle())]
    WrongState {
        /// Where the task stands.
        status: TaskStatus,
        /// What was to be done with it.
        action: TaskAction,
    },
    /// It was changed since the caller read it.
    #[error("it was changed in the meantime")]
    Stale,
    /// The unit could not be read or marked.
    #[error(transparent)]
    Inventory(#[from] InventoryError),
    /// The stays could not be read.
    #[error(transparent)]
    Bookings(#[from] BookingError),
    /// The property could not be read.
    #[error(transparent)]
    Tenancy(#[from] TenancyError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl HousekeepingError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownTask => "not_found",
            Self::UnknownAssignee => "unknown_assignee",
            Self::WrongState { .. } => "wrong_state",
            Self::Stale => "version_mismatch",
            Self::Inventory(_) | Self::Bookings(_) | Self::Tenancy(_) | Self::Db(_) => "internal",
        }
    }
}

impl From<SqlError> for HousekeepingError {
    fn from(error: SqlError) -> Self {
        match &error {
            SqlError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, info)
                if info.constraint_name() == Some("tasks_assignee_is_staff") =>
            {
                Self::UnknownAssignee
            }
            _ => Self::Db(error.into()),
        }
    }
}
