use actix_web::http::StatusCode;
use motel_web::{FieldErrors, Problem};

use crate::AppointmentError;

impl From<AppointmentError> for Problem {
    fn from(error: AppointmentError) -> Self {
        let (code, detail) = (error.code(), sentence(&error));
        match error {
            AppointmentError::Invalid(fields) => {
                let mut errors = FieldErrors::new();
                for (field, reason) in fields {
                    errors.push(field, reason);
                }
                errors.into()
            }
            AppointmentError::NotFound(what) => Self::not_found(what),
            AppointmentError::Refused(refusal) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
                    .with_error(refusal.field(), refusal)
            }
            AppointmentError::NoSuchSlot => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
                    .with_error("starts_at", error)
            }
            AppointmentError::CodeTaken(_)
            | AppointmentError::Closed(_)
            | AppointmentError::PriceChanged { .. }
            | AppointmentError::NotAllowed { .. } => Self::conflict(code, detail),
            AppointmentError::Stale(_) => Self::version_mismatch(),
            AppointmentError::Fault(_) | AppointmentError::Db(_) => Self::internal(error),
        }
    }
}

/// The error's text as a sentence of its own.
fn sentence(error: &AppointmentError) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
