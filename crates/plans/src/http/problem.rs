use motel_web::Problem;

use crate::PlansError;

impl From<PlansError> for Problem {
    fn from(error: PlansError) -> Self {
        let code = error.code();
        match error {
            PlansError::NotFound(what) => Self::not_found(what),
            PlansError::Stale => Self::version_mismatch(),
            PlansError::SamePlan
            | PlansError::WrongStatus
            | PlansError::AboveLimit(_)
            | PlansError::StatementOverdue
            | PlansError::StatementPaid => Self::conflict(code, sentence(&error)),
            PlansError::Refused(_) => Self::forbidden(code, sentence(&error)),
            PlansError::Gateway(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "no page to pay a statement on"
                );
                Self::unavailable(
                    code,
                    "Payments cannot be taken at the moment. Please try again.",
                )
            }
            PlansError::Fault(_) | PlansError::Db(_) => Self::internal(error),
        }
    }
}

/// `the statement is paid` as `The statement is paid.`
fn sentence(error: &PlansError) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}
