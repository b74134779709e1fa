use motel_web::Problem;

use crate::NightAuditError;

impl From<NightAuditError> for Problem {
    fn from(error: NightAuditError) -> Self {
        let code = error.code();
        match error {
            NightAuditError::AlreadyClosed(_)
            | NightAuditError::NotTheDay { .. }
            | NightAuditError::NotBegun(_) => Self::conflict(code, format!("{error}.")),
            NightAuditError::NotFound => Self::not_found("night audit"),
            NightAuditError::Stale => Self::version_mismatch(),
            NightAuditError::Booking(error) => error.into(),
            NightAuditError::Fault(_) | NightAuditError::Db(_) => Self::internal(error),
        }
    }
}
