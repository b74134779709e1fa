use motel_web::Problem;

use crate::HousekeepingError;

impl From<HousekeepingError> for Problem {
    fn from(error: HousekeepingError) -> Self {
        let code = error.code();
        match error {
            HousekeepingError::UnknownTask => Self::not_found("task"),
            HousekeepingError::UnknownAssignee => Self::invalid("assignee", error),
            HousekeepingError::WrongState { .. } => {
                let text = error.to_string();
                Self::conflict(
                    code,
                    format!("A{}.", text.strip_prefix('a').unwrap_or(&text)),
                )
            }
            HousekeepingError::Stale => Self::version_mismatch(),
            HousekeepingError::Inventory(_)
            | HousekeepingError::Bookings(_)
            | HousekeepingError::Tenancy(_)
            | HousekeepingError::Db(_) => Self::internal(error),
        }
    }
}
