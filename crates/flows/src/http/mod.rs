//! The staff interface to flows.

mod flows;
mod problem;
mod view;

use actix_web::web;

pub use view::{FlowKindView, FlowVersionSummary, FlowVersionView, Flows};

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    flows::list,
    flows::versions,
    flows::show,
    flows::create,
    flows::put_active,
    flows::remove_active
))]
pub struct StaffApiDoc;

/// Mounts `/flows`, `/flows/{kind}/versions` and `/flows/{kind}/active`, in a scope for staff.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(flows::list)
        .service(flows::versions)
        .service(flows::show)
        .service(flows::create)
        .service(flows::put_active)
        .service(flows::remove_active);
}
