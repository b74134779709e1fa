//! The HTTP face: what guests look up and book, and what staff set up and change.

mod guest;
mod problem;
mod staff;
mod view;
mod wishes;

use actix_web::web;

pub use guest::{GuestServiceView, NamedStationView, SlotView, SlotsView};
pub use staff::StaffApiDoc;
pub use staff::{BlackoutView, EffectView, HistoryView, ServiceView, StationView, configure_staff};
pub use view::{
    AllowedView, AppointmentPriceLineView, AppointmentPriceView, AppointmentStepView,
    AppointmentTaxView, AppointmentView, BookedByView, RefusalView,
};

/// What these routes take and answer, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(guest::services, guest::slots, guest::create, guest::show))]
pub struct ApiDoc;

/// Mounts `GET /services`, `GET /services/{code}/slots`, `POST /appointments` and `GET /appointments/{code}`. Needs
/// `web::Data<Db>`, the directory of tenants and the clock.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(guest::services)
        .service(guest::slots)
        .service(guest::create)
        .service(guest::show);
}
