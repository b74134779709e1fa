//! Where assistants call, and where their owner says how far they may go.

mod assistants;
mod bridge;
mod ceilings;
mod problem;
mod server;

use actix_web::web;

pub use assistants::{ask, leave};
pub use ceilings::CeilingsView;
pub use server::Front;

/// The staff's routes, for the OpenAPI document; they stand under `/api/v1`. What assistants call is no part of it: that is described by
/// its own protocol.
#[derive(utoipa::OpenApi)]
#[openapi(paths(ceilings::show, ceilings::put))]
pub struct StaffApiDoc;

/// Mounts the ceilings of keys, in a scope for staff. Needs `web::Data<Db>`, the directory, the clock and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config.service(ceilings::show).service(ceilings::put);
}
