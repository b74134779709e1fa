use motel_web::Problem;

use crate::CredentialsError;

impl From<CredentialsError> for Problem {
    fn from(error: CredentialsError) -> Self {
        match error {
            CredentialsError::NotSet => Self::not_found("credential"),
            CredentialsError::Seal(_) | CredentialsError::Unreadable | CredentialsError::Db(_) => {
                Self::internal(error)
            }
        }
    }
}
