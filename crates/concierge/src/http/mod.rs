//! The chat of the guest page and of programs; for staff, which model answers it, and how an answer came about.

mod candidate;
mod candidate_report;
mod chat;
mod hand_over_rules;
mod model;
mod preview;
mod problem;
mod records;

use actix_web::web;

pub use candidate::{CandidateView, RolledBackView};
pub use candidate_report::{DifferingView, LatelyView, ReadinessView, ReportView};
pub use chat::__path_chat;
pub use hand_over_rules::HandOverRulesView;
pub use model::{ModelView, RawModel, choose_model};
pub use preview::PreviewView;
pub use records::TurnRecordView;

/// What these routes take and answer, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(chat::chat))]
pub struct ApiDoc;

/// The same for staff; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    model::show,
    model::put,
    model::remove,
    candidate::show,
    candidate::put,
    candidate::remove,
    candidate_report::show,
    preview::show,
    records::show,
    hand_over_rules::show,
    hand_over_rules::put
))]
pub struct StaffApiDoc;

/// Mounts `POST /chat`. Needs `web::Data<Db>`, the directory of tenants and `web::Data<Arc<dyn Responder>>`.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(chat::chat);
}

/// Mounts `/concierge/model`, `/concierge/candidate`, previews of prompts, `/hand-over-rules` and the records of turns, in a scope for staff. Needs `web::Data` of `Db` and [`crate::ModelDesk`], the
/// directory, the clock and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(model::show)
        .service(model::put)
        .service(model::remove)
        .service(preview::show)
        .service(candidate::show)
        .service(candidate::put)
        .service(candidate::remove)
        .service(candidate_report::show)
        .service(records::show)
        .service(hand_over_rules::show)
        .service(hand_over_rules::put);
}
