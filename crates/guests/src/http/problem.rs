use motel_web::Problem;

use crate::GuestsError;

impl From<GuestsError> for Problem {
    fn from(error: GuestsError) -> Self {
        let code = error.code();
        match error {
            GuestsError::NotFound(what) => Self::not_found(what),
            GuestsError::Stale => Self::version_mismatch(),
            GuestsError::Erased => Self::conflict(code, "This guest was erased."),
            GuestsError::SameGuest => Self::conflict(code, "The two are one guest already."),
            GuestsError::TooManyDocuments => Self::conflict(
                code,
                "Enough documents are kept on this guest; remove one first.",
            ),
            GuestsError::InTheWay(obstacle) => {
                Self::conflict(code, format!("{}.", obstacle.reason))
            }
            GuestsError::Keeper { .. } | GuestsError::Sql(_) => Self::internal(error),
        }
    }
}
