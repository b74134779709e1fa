use motel_web::Problem;

use crate::VoiceError;

impl From<VoiceError> for Problem {
    fn from(error: VoiceError) -> Self {
        match error {
            VoiceError::NoSuchCall => Self::not_found("call"),
            VoiceError::TurnOutOfOrder(_) => {
                Self::conflict(error.code(), "The call has not come to this turn yet.")
            }
            error => Self::internal(error),
        }
    }
}
