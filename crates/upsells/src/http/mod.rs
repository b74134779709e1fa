//! The staff interface to rules and their take-up.

mod body;
mod conditions_body;
mod order;
mod problem;
mod rules;
mod starts;
mod take_up;

use actix_web::web;

pub use body::{UpsellOfferBody, UpsellRuleBody, UpsellRuleInput, UpsellRuleView};
pub use conditions_body::UpsellConditionsBody;

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    rules::list,
    rules::show,
    rules::create,
    rules::replace,
    rules::remove,
    rules::preview,
    order::put,
    starts::list,
    take_up::show,
))]
pub struct StaffApiDoc;

/// Mounts `/upsell-rules`, `/upsell-rule-order`, `/upsell-rule-starts` and `/upsell-take-up`, in a scope for staff.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(rules::list)
        .service(rules::show)
        .service(rules::create)
        .service(rules::replace)
        .service(rules::remove)
        .service(rules::preview)
        .service(order::put)
        .service(starts::list)
        .service(take_up::show);
}
