//! Signing up over HTTP.

mod problem;
mod sign_ups;

use actix_web::web;

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(sign_ups::ask, sign_ups::complete))]
pub struct StaffApiDoc;

/// Mounts `/sign-ups`, in the staff's scope: who signs up is to be staff. Needs `web::Data<Db>`, `web::Data<Directory>` and the clock.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config.service(sign_ups::ask).service(sign_ups::complete);
}
