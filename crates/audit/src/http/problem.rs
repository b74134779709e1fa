use motel_web::Problem;

use crate::AuditError;

impl From<AuditError> for Problem {
    fn from(error: AuditError) -> Self {
        match error {
            AuditError::UnderWay => Self::conflict(error.code(), error.to_string()),
            AuditError::NoHash | AuditError::Db(_) => Self::internal(error),
        }
    }
}
