//! The staff interface to plans, prices and what bears on them.

use actix_web::web;

use super::{
    cancellation_policies, packages, prices, promo_codes, rate_plans, restrictions, seasons,
};

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    rate_plans::list,
    rate_plans::show,
    rate_plans::create,
    rate_plans::replace,
    rate_plans::remove,
    prices::list,
    prices::edit,
    seasons::list,
    seasons::show,
    seasons::create,
    seasons::replace,
    seasons::remove,
    restrictions::list,
    restrictions::edit,
    promo_codes::list,
    promo_codes::show,
    promo_codes::create,
    promo_codes::replace,
    promo_codes::remove,
    cancellation_policies::list,
    cancellation_policies::show,
    cancellation_policies::create,
    cancellation_policies::replace,
    cancellation_policies::remove,
    packages::list,
    packages::show,
    packages::create,
    packages::replace,
    packages::remove
))]
pub struct StaffApiDoc;

/// Mounts `/rate-plans`, `/rate-plans/{id}/prices`, `/seasons`, `/restrictions`, `/promo-codes`, `/packages`
/// and `/cancellation-policies`, in a scope for staff.
/// Needs `web::Data<Db>`, the directory and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(rate_plans::list)
        .service(rate_plans::show)
        .service(rate_plans::create)
        .service(rate_plans::replace)
        .service(rate_plans::remove)
        .service(prices::list)
        .service(prices::edit)
        .service(seasons::list)
        .service(seasons::show)
        .service(seasons::create)
        .service(seasons::replace)
        .service(seasons::remove)
        .service(restrictions::list)
        .service(restrictions::edit)
        .service(promo_codes::list)
        .service(promo_codes::show)
        .service(promo_codes::create)
        .service(promo_codes::replace)
        .service(promo_codes::remove)
        .service(cancellation_policies::list)
        .service(cancellation_policies::show)
        .service(cancellation_policies::create)
        .service(cancellation_policies::replace)
        .service(cancellation_policies::remove)
        .service(packages::list)
        .service(packages::show)
        .service(packages::create)
        .service(packages::replace)
        .service(packages::remove);
}
