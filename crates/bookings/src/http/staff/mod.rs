//! What staff, and programs with one of the business's keys, ask and change.

mod actions;
mod allowed;
mod archive_unit;
mod blocks;
mod book;
mod booking_input;
mod bookings;
mod change;
mod change_group;
mod changes;
mod effect;
mod filters;
mod guest_stays;
mod modify_input;
mod placement;
mod price;
mod quotes;
mod reason;
mod reservations;
mod rooms;
mod stay_input;
mod tape_chart;
mod view;

use actix_web::web;

pub use allowed::{AllowedActionView, ReservationDetailView};
pub use blocks::{BlockBody, BlockKindSchema};
pub use book::BookingEffectView;
pub use change_group::GroupChangeView;
pub use changes::SplitView;
pub use effect::{EffectView, NightChangeView};
pub use guest_stays::GuestStayView;
pub use price::{ChargeView, NightPartView, NightPriceView, PostingView, PriceView, TaxView};
pub use quotes::{QuoteView, QuotedStayView};
pub use tape_chart::{ChartedStayView, TapeChartView};
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
    guest_stays::list,
    quotes::create,
    quotes::show,
    book::create,
    book::add,
    book::cancel,
    book::confirm,
    changes::modify,
    changes::extend,
    changes::depart_early,
    changes::split,
    change_group::change_group,
    actions::confirm,
    actions::check_in,
    actions::check_out,
    actions::cancel,
    actions::no_show,
    actions::reinstate,
    actions::undo,
    placement::assign,
    placement::pin,
    placement::unpin,
    placement::move_unit,
    blocks::create,
    archive_unit::archive,
    tape_chart::show,
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
        .service(guest_stays::list)
        .service(quotes::create)
        .service(quotes::show)
        .service(book::create)
        .service(book::add)
        .service(book::cancel)
        .service(book::confirm)
        .service(changes::modify)
        .service(changes::extend)
        .service(changes::depart_early)
        .service(changes::split)
        .service(change_group::change_group)
        .service(actions::confirm)
        .service(actions::check_in)
        .service(actions::check_out)
        .service(actions::cancel)
        .service(actions::no_show)
        .service(actions::reinstate)
        .service(actions::undo)
        .service(placement::assign)
        .service(placement::pin)
        .service(placement::unpin)
        .service(placement::move_unit)
        .service(blocks::create)
        .service(archive_unit::archive)
        .service(tape_chart::show);
}
