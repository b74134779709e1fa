use actix_web::http::StatusCode;
use motel_web::Problem;

use crate::PasskeyError;

impl From<PasskeyError> for Problem {
    fn from(error: PasskeyError) -> Self {
        let code = error.code();
        match error {
            PasskeyError::Unavailable => Self::conflict(
                code,
                "There are passkeys only where the installation's public address is https and a name.",
            ),
            PasskeyError::TooMany => {
                Self::conflict(code, "Twenty passkeys are kept; remove one first.")
            }
            PasskeyError::CeremonyOver => Self::new(
                StatusCode::GONE,
                code,
                "This took too long, or was answered before. Please begin again.",
            ),
            PasskeyError::Refused => Self::forbidden(code, "This passkey is not right."),
            PasskeyError::AlreadyKept => Self::conflict(code, "This passkey is kept already."),
            PasskeyError::LastFactor => Self::conflict(
                code,
                "Your business asks for a second factor, and this is your only one. Set up another one first.",
            ),
            PasskeyError::NotFound => Self::not_found("passkey"),
            PasskeyError::Tenancy(error) => error.into(),
            PasskeyError::Unreadable(_) | PasskeyError::Db(_) => Self::internal(error),
        }
    }
}
