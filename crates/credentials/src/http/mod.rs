//! The HTTP face for staff: what was set, by whom and when. A secret goes in and never comes out.

mod credentials;
mod problem;

use actix_web::web;

pub use credentials::{CredentialView, CredentialsView};

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    credentials::list,
    credentials::show,
    credentials::put,
    credentials::remove
))]
pub struct StaffApiDoc;

/// Mounts `/credentials`, in a scope for staff. Needs `web::Data` of `Db` and `Keyring`, the directory, the clock and the session
/// middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(credentials::list)
        .service(credentials::show)
        .service(credentials::put)
        .service(credentials::remove);
}
