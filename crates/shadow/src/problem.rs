use motel_web::Problem;

use crate::ShadowError;

impl From<ShadowError> for Problem {
    fn from(error: ShadowError) -> Self {
        match error {
            ShadowError::NoCandidate => Self::not_found("candidate"),
            ShadowError::Stale => Self::version_mismatch(),
            ShadowError::Db(_) | ShadowError::Event(_) => Self::internal(error),
        }
    }
}
