use motel_web::Problem;

use crate::ConciergeError;

impl From<ConciergeError> for Problem {
    fn from(error: ConciergeError) -> Self {
        match error {
            ConciergeError::NoModel => Self::not_found("model"),
            ConciergeError::Stale => Self::version_mismatch(),
            ConciergeError::Template(fault) => Self::invalid("text", fault),
            ConciergeError::Render(fault) => Self::invalid("text", fault),
            ConciergeError::Inventory(_)
            | ConciergeError::Appointments(_)
            | ConciergeError::Db(_) => Self::internal(error),
        }
    }
}
