use motel_web::Problem;

use crate::ConciergeError;

impl From<ConciergeError> for Problem {
    fn from(error: ConciergeError) -> Self {
        match error {
            ConciergeError::NoModel => Self::not_found("model"),
            ConciergeError::Stale => Self::version_mismatch(),
            ConciergeError::Db(_) => Self::internal(error),
        }
    }
}
