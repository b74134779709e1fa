//! The HTTP face: making a booking and looking it up. Cancelling moves money as well, so its route stands with the
//! folio, in the billing crate.

mod create;
mod quote;
mod room;
mod show;
pub mod staff;
mod view;

use actix_web::http::StatusCode;
use actix_web::web;
use motel_kernel::PropertyId;
use motel_tenancy::http::OfProperty;
use motel_web::Problem;

use crate::commands::NoRoom;
use crate::{Booking, BookingError, Reservation};

pub use create::__path_create;
pub use quote::{GuestQuoteView, QuotedRoomView};
pub use show::{__path_show, BookingPath, Proof, RawProof};
pub use staff::{StaffApiDoc, configure_staff};
pub use view::{
    BookedPackageView, BookedRoomView, BookingView, CancellationView, GuestView, NightView,
};

/// What these routes take and answer, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(quote::create, create::create, show::show))]
pub struct ApiDoc;

/// Mounts `POST /quotes`, `POST /bookings` and `GET /bookings/{code}`. Needs `web::Data<Db>`, the directory of tenants and the clock.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(quote::create)
        .service(create::create)
        .service(show::show);
}

impl OfProperty for Reservation {
    fn property(&self) -> PropertyId {
        self.property
    }
}

impl OfProperty for Booking {
    fn property(&self) -> PropertyId {
        self.property
    }
}

impl From<BookingError> for Problem {
    fn from(error: BookingError) -> Self {
        let (code, detail) = (error.code(), sentence(&error));
        match error {
            BookingError::NotFound => Self::not_found("booking"),
            BookingError::UnknownUnitGroup(_) => Self::invalid("room_type", error),
            BookingError::Stale => Self::new(StatusCode::PRECONDITION_FAILED, code, detail),
            BookingError::KeyReused => Self::invalid("Idempotency-Key", error),
            BookingError::NotOffered { field, .. } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail).with_error(field, error)
            }
            BookingError::SoldOut { .. }
            | BookingError::QuoteExpired { .. }
            | BookingError::NotAllowed(_)
            | BookingError::UnitTaken
            | BookingError::HoldInPast
            | BookingError::PriceChanged { .. } => Self::conflict(code, detail),
            BookingError::NoRoom(ref no_room) => {
                with_details(Self::conflict(code, detail), no_room)
            }
            BookingError::Fault(_) | BookingError::Db(_) => Self::internal(error),
        }
    }
}

/// Names the stays that are in the way, or the stays that could be had instead.
fn with_details(problem: Problem, no_room: &NoRoom) -> Problem {
    match no_room {
        NoRoom::InTheWay { stays } => stays.iter().fold(problem, |problem, stay| {
            problem.with_error("reservations", stay)
        }),
        NoRoom::Fragmented { pieces } => pieces.iter().fold(problem, |problem, piece| {
            let dates = format!("{} to {}", piece.arrival(), piece.departure());
            problem.with_error("dates", dates)
        }),
        NoRoom::Undecided | NoRoom::Busy => problem,
    }
}

/// The error's text as a sentence of its own.
fn sentence(error: &BookingError) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string())
        .unwrap_or_default();
    let stop = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
