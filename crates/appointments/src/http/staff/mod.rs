//! What staff, and programs with one of the business's keys, set up, ask and change.

mod actions;
mod appointments;
mod blackouts;
mod services;
mod stations;

use actix_web::web;
use motel_web::Problem;

pub use actions::EffectView;
pub use appointments::HistoryView;
pub use blackouts::BlackoutView;
pub use services::ServiceView;
pub use stations::StationView;

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    services::list,
    services::create,
    services::show,
    services::change,
    stations::list,
    stations::create,
    stations::show,
    stations::change,
    blackouts::list,
    blackouts::create,
    blackouts::remove,
    appointments::list,
    appointments::create,
    appointments::show,
    appointments::events,
    actions::confirm,
    actions::reschedule,
    actions::cancel,
    actions::complete,
    actions::no_show,
))]
pub struct StaffApiDoc;

/// Mounts the staff's routes, all below `/api/v1`.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(services::list)
        .service(services::create)
        .service(services::show)
        .service(services::change)
        .service(stations::list)
        .service(stations::create)
        .service(stations::show)
        .service(stations::change)
        .service(blackouts::list)
        .service(blackouts::create)
        .service(blackouts::remove)
        .service(appointments::list)
        .service(appointments::create)
        .service(appointments::show)
        .service(appointments::events)
        .service(actions::confirm)
        .service(actions::reschedule)
        .service(actions::cancel)
        .service(actions::complete)
        .service(actions::no_show);
}

/// The id in a path; one that is none is of nothing we have.
fn id_in<T: std::str::FromStr>(path: &str, what: &str) -> Result<T, Problem> {
    path.parse().map_err(|_| Problem::not_found(what))
}
