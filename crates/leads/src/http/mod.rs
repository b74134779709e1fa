//! The HTTP face: leaving a name and how to be reached.

mod create;

use actix_web::web;
use motel_web::Problem;

use crate::LeadError;

pub use create::{LeadView, RawLead};

/// What these routes take and answer, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(create::create))]
pub struct ApiDoc;

/// Mounts `POST /leads`. Needs `web::Data<Db>`, the directory of tenants and the clock.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(create::create);
}

impl From<LeadError> for Problem {
    fn from(error: LeadError) -> Self {
        Self::internal(error)
    }
}
