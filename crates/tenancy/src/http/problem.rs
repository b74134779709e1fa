use motel_web::Problem;

use crate::TenancyError;

impl From<TenancyError> for Problem {
    fn from(error: TenancyError) -> Self {
        match error {
            TenancyError::EmailTaken => {
                Self::conflict(error.code(), "This e-mail address is taken.")
            }
            TenancyError::UnfitPassword => Self::invalid("password", error),
            TenancyError::NoProperty => Self::not_found("property"),
            TenancyError::Unreadable(_) | TenancyError::Hashing(_) | TenancyError::Db(_) => {
                Self::internal(error)
            }
        }
    }
}
