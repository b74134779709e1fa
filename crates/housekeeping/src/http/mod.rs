//! The HTTP face: what a list on a telephone and the desk that plans it need.

mod problem;
mod rule;
mod steps;
mod tasks;
mod units;
mod view;

use actix_web::web;
use motel_kernel::PropertyId;
use motel_tenancy::http::OfProperty;

use crate::Task;

pub use rule::CleaningRuleView;
pub use tasks::PlannedView;
pub use units::UnitTodayView;
pub use view::TaskView;

impl OfProperty for Task {
    fn property(&self) -> PropertyId {
        self.property
    }
}

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    tasks::list,
    tasks::show,
    tasks::amend,
    tasks::plan,
    steps::assign,
    steps::start,
    steps::done,
    steps::inspect,
    steps::reopen,
    units::list,
    rule::show,
    rule::put
))]
pub struct StaffApiDoc;

/// Mounts the routes under `/housekeeping`, in a scope for staff. Needs `web::Data<Db>`, the directory, the clock and the
/// session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(tasks::list)
        .service(tasks::show)
        .service(tasks::amend)
        .service(tasks::plan)
        .service(steps::assign)
        .service(steps::start)
        .service(steps::done)
        .service(steps::inspect)
        .service(steps::reopen)
        .service(units::list)
        .service(rule::show)
        .service(rule::put);
}
