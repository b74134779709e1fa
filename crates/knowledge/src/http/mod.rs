//! The HTTP face: asking.

mod search;
mod view;

use actix_web::web;
use motel_web::Problem;

pub use view::{AnswerView, AnsweredFrom, ResultView};

use crate::KnowledgeError;

/// What these routes take and answer, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(search::search))]
pub struct ApiDoc;

/// Mounts `POST /knowledge/search`. Needs `web::Data` of `Db`, of `dyn Embedder` and of the directory of tenants.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(search::search);
}

impl From<KnowledgeError> for Problem {
    fn from(error: KnowledgeError) -> Self {
        match error {
            KnowledgeError::Embed(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "a question could not be embedded"
                );
                Self::unavailable(error.code(), "The search is not available at the moment.")
            }
            error => Self::internal(error),
        }
    }
}
