use motel_web::Problem;

use crate::TenancyError;

impl From<TenancyError> for Problem {
    fn from(error: TenancyError) -> Self {
        match error {
            TenancyError::EmailTaken => {
                Self::conflict(error.code(), "This e-mail address is taken.")
            }
            TenancyError::TooManyKeys => {
                Self::conflict(error.code(), "A hundred keys are in use; revoke one first.")
            }
            TenancyError::NotASandbox => {
                Self::forbidden(error.code(), "Only the clock of a sandbox can be moved.")
            }
            TenancyError::ClockRefused => Self::conflict(
                error.code(),
                "A clock goes forward, and at most a hundred years ahead of the real time.",
            ),
            TenancyError::UnfitPassword => Self::invalid("password", error),
            TenancyError::NoProperty => Self::not_found("property"),
            TenancyError::Unreadable(_) | TenancyError::Hashing(_) | TenancyError::Db(_) => {
                Self::internal(error)
            }
        }
    }
}
