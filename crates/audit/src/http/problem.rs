use motel_web::Problem;

use crate::AuditError;

impl From<AuditError> for Problem {
    fn from(error: AuditError) -> Self {
        Self::internal(error)
    }
}
