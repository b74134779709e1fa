//! The HTTP face for staff: closing a day, looking at the days that were closed, and when they close by themselves.

mod audits;
mod problem;
mod schedule;
mod view;

use actix_web::web;

pub use schedule::ScheduleView;
pub use view::{ChargedNightView, FindingView, NightAuditView, NoShowView, StatisticsView};

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    audits::close,
    audits::list,
    audits::show,
    schedule::show,
    schedule::change
))]
pub struct StaffApiDoc;

/// Mounts `/night-audits` and `/night-audit-schedule`, in a scope for staff. Needs `web::Data<Db>`, the directory, the clock
/// and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(audits::close)
        .service(audits::list)
        .service(audits::show)
        .service(schedule::show)
        .service(schedule::change);
}
