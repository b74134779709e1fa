//! The HTTP face for staff: versions are looked at, saved, compared and made active. What they would say now is shown by `concierge`.

mod activations;
mod path;
mod problem;
mod prompts;
mod versions;
mod view;

use actix_web::web;

pub use path::{kind, version_at};
pub use view::{
    ActivationView, DiffLineView, PromptDiffView, PromptStandingView, PromptVariableView,
    PromptVersionView, PromptsView,
};

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    prompts::list,
    prompts::show,
    versions::list,
    versions::show,
    versions::save,
    versions::diff,
    activations::list,
    activations::activate,
    activations::roll_back
))]
pub struct StaffApiDoc;

/// Mounts `/prompts`, in a scope for staff. Needs `web::Data<Db>`, the directory, the clock and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(prompts::list)
        .service(prompts::show)
        .service(versions::list)
        .service(versions::show)
        .service(versions::save)
        .service(versions::diff)
        .service(activations::list)
        .service(activations::activate)
        .service(activations::roll_back);
}
