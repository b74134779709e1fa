use actix_web::http::StatusCode;
use motel_web::Problem;

use crate::KnowledgeError;

impl From<KnowledgeError> for Problem {
    fn from(error: KnowledgeError) -> Self {
        let code = error.code();
        match error {
            KnowledgeError::Embed(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "a text could not be embedded"
                );
                Self::unavailable(code, "The search is not available at the moment.")
            }
            KnowledgeError::Unfit { reason, .. } => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                code,
                format!("The document {reason}."),
            ),
            KnowledgeError::SourceTaken(_) => Self::conflict(
                code,
                "A document of this name comes from elsewhere. Choose another name.",
            ),
            KnowledgeError::TooMany => Self::conflict(
                code,
                "There are as many documents as there can be. Remove some first.",
            ),
            KnowledgeError::Busy => Self::conflict(
                code,
                "Another document is being taken in. Try again in a moment.",
            ),
            KnowledgeError::NotFound => Self::not_found("document or open question"),
            error => Self::internal(error),
        }
    }
}
