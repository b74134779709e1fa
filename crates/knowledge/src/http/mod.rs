//! The HTTP face: guests ask; staff add, look at and remove documents and answer what was asked in vain.

mod documents;
mod problem;
mod questions;
mod search;
mod upload;
mod view;

use actix_web::web;

pub use view::{
    AnswerView, AnsweredFrom, DocumentView, DocumentWithVersionsView, DocumentsView,
    OpenQuestionView, OpenQuestionsView, ResultView, VersionView,
};

/// What these routes take and answer, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(search::search))]
pub struct ApiDoc;

/// The same for staff; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    documents::list,
    documents::show,
    documents::remove,
    upload::put,
    questions::list,
    questions::give_answer,
    questions::dismiss
))]
pub struct StaffApiDoc;

/// Mounts `POST /knowledge/search`. Needs `web::Data` of `Db`, of `dyn Embedder` and of the directory of tenants, and the clock.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(search::search);
}

/// Mounts `/knowledge/documents` and `/knowledge/questions`, in a scope for staff. Needs the same, and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(documents::list)
        .service(documents::show)
        .service(documents::remove)
        .service(upload::put)
        .service(questions::list)
        .service(questions::give_answer)
        .service(questions::dismiss);
}
