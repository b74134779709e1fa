//! What staff, and programs with one of the business's keys, ask and change.

mod bookings;
mod filters;
mod price;
mod reservations;
mod rooms;
mod view;

use actix_web::web;

pub use price::{ChargeView, NightPartView, NightPriceView, PostingView, PriceView, TaxView};
pub use view::{
    BookerView, EndView, ReservationEventView, ReservationView, StaffBookingView, StepView,
    TermsView,
};

/// What these routes take and answer, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    bookings::list,
    bookings::show,
    reservations::list,
    reservations::show,
    reservations::events,
))]
pub struct StaffApiDoc;

/// Mounts the staff's routes, all below `/api/v1`.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(bookings::list)
        .service(bookings::show)
        .service(reservations::list)
        .service(reservations::show)
        .service(reservations::events);
}
