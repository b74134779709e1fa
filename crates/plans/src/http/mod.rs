//! The HTTP face for owners: plan, usage, statements and budget.

mod budget;
mod plans;
mod problem;
mod statements;
mod subscription;
mod subscription_view;
mod usage;

use actix_web::web;

pub use budget::BudgetView;
pub use plans::{MeterTermsView, PlanView};
pub use statements::{PayPageView, PlanStatementView, StatementHeadView, StatementLineView};
pub use subscription_view::{ChangedPlanView, LimitView, MeterView, SubscriptionView};
pub use usage::{PeriodUsageView, UsedView};

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    plans::list,
    subscription::show,
    subscription::change,
    subscription::cancel,
    subscription::resume,
    usage::show,
    statements::list,
    statements::show,
    statements::pay,
    budget::show,
    budget::put,
    budget::remove
))]
pub struct StaffApiDoc;

/// Mounts `/plans`, `/subscription`, `/usage`, `/statements` and `/budget`, in a scope for staff. Needs `web::Data` of `Db` and
/// `PlanDesk`, the directory, the clock and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(plans::list)
        .service(subscription::show)
        .service(subscription::change)
        .service(subscription::cancel)
        .service(subscription::resume)
        .service(usage::show)
        .service(statements::list)
        .service(statements::show)
        .service(statements::pay)
        .service(budget::show)
        .service(budget::put)
        .service(budget::remove);
}
