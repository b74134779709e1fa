//! The HTTP face for staff: who changed what, the same as a table, whether it is all as it was written, and for how long it is kept.

mod export;
mod filter;
mod list;
mod problem;
mod retention;
mod verdict;
mod view;

use actix_web::web;

pub use filter::{FilterInput, RawAuditFilter};
pub use retention::AuditRetentionView;
pub use verdict::AuditVerdictView;
pub use view::AuditEntryView;

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    list::list,
    export::export,
    verdict::verify,
    retention::show,
    retention::change
))]
pub struct StaffApiDoc;

/// Mounts `/audit`, in a scope for staff. Needs `web::Data<Db>`, the directory, the clock and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(list::list)
        .service(export::export)
        .service(verdict::verify)
        .service(retention::show)
        .service(retention::change);
}
