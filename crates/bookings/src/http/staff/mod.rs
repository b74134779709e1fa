//! What staff, and programs with one of the business's keys, ask and change.

mod actions;
mod bookings;
mod effect;
mod filters;
mod price;
mod reason;
mod reservations;
mod rooms;
mod view;

use actix_web::web;

pub use effect::{EffectView, NightChangeView};
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
    actions::confirm,
    actions::check_in,
    actions::check_out,
    actions::cancel,
    actions::no_show,
    actions::reinstate,
    actions::undo,
))]
pub struct StaffApiDoc;

/// Mounts the staff's routes, all below `/api/v1`.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(bookings::list)
        .service(bookings::show)
        .service(reservations::list)
        .service(reservations::show)
        .service(reservations::events)
        .service(actions::confirm)
        .service(actions::check_in)
        .service(actions::check_out)
        .service(actions::cancel)
        .service(actions::no_show)
        .service(actions::reinstate)
        .service(actions::undo);
}
