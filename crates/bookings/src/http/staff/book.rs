use actix_web::{HttpResponse, post, web};
use motel_db::{Db, TenantTx};
use motel_kernel::BookingId;
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, VersionedWriteParams, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::Serialize;
use utoipa::ToSchema;

use super::booking_input::{BookingInput, RawBooking};
use super::effect::EffectView;
use super::reason::{RawReason, Reason};
use super::rooms::Rooms;
use super::stay_input::RawStay;
use super::view::StaffBookingView;
use crate::{By, StayRequest, commands, queries};

/// Makes a booking of one or several stays, confirmed at once or held.
#[utoipa::path(
    tag = "reservations",
    operation_id = "create_booking",
    params(WriteParams),
    request_body = RawBooking,
    responses(
        (status = 201, description = "Booked, or held", body = StaffBookingView),
        (status = 409, description = "`sold_out`, `quote_expired`, `price_changed`, `hold_in_past`"),
    )
)]
#[post("/bookings")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteReservations>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<BookingInput>,
) -> Result<HttpResponse, Problem> {
    let property = &write.property;
    let now = property.now(&*clock);
    let (request, by) = (input.request(property.currency), By::actor(write.actor));
    let work = async |tx: &mut TenantTx| {
        let booking = commands::reserve(tx, property, &request, &by, now).await?;
        let rooms = Rooms::of(tx, property.id).await?;
        let answer = Answer::created(StaffBookingView::new(&booking, &rooms));
        let path = format!("/api/v1/bookings/{}", booking.id);
        Ok(answer.version(booking.version).location(path))
    };
    write.run(&db, &input.raw, work).await
}

/// A stay for a booking that stands, parsed.
pub(crate) struct AddedStay {
    raw: RawStay,
    stay: StayRequest,
}

impl Input for AddedStay {
    type Raw = RawStay;

    fn parse(raw: RawStay) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        match raw.parse("", &mut errors) {
            Some(stay) => Ok(Self { raw, stay }),
            None => Err(errors),
        }
    }
}

/// Adds a reservation to a booking that stands.
#[utoipa::path(
    tag = "reservations",
    operation_id = "add_reservation",
    params(("id" = Uuid, Path, description = "Which booking"), VersionedWriteParams),
    request_body = RawStay,
    responses(
        (status = 201, description = "Added", body = EffectView),
        (status = 409, description = "`sold_out` or another obstacle"),
    )
)]
#[post("/bookings/{id}/reservations")]
pub(crate) async fn add(
    write: StaffWrite<may::WriteReservations>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<AddedStay>,
) -> Result<HttpResponse, Problem> {
    let id = booking_id(&path)?;
    let property = &write.property;
    let now = property.now(&*clock);
    let (seen, by) = (write.if_match(), By::actor(write.actor));
    let work = async |tx: &mut TenantTx| {
        let effect =
            commands::add_reservation(tx, property, id, seen, &input.stay, &by, now).await?;
        let path = format!("/api/v1/reservations/{}", effect.reservation.id);
        let rooms = Rooms::of(tx, property.id).await?;
        Ok(Answer::created(EffectView::new(effect, &rooms)).location(path))
    };
    write.run(&db, &input.raw, work).await
}

/// What became of a booking and of each of its reservations.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookingEffectView {
    booking: StaffBookingView,
    /// One for each reservation that stood.
    effects: Vec<EffectView>,
}

/// Takes back all of a booking that stands; each reservation has its own fee.
#[utoipa::path(
    tag = "reservations",
    operation_id = "cancel_booking",
    params(("id" = Uuid, Path, description = "Which booking"), WriteParams),
    request_body = RawReason,
    responses(
        (status = 200, description = "Cancelled, or tried", body = BookingEffectView),
        (status = 409, description = "Something stands in the way"),
        (status = 412, description = "`version_mismatch`: it was changed at the same moment"),
    )
)]
#[post("/bookings/{id}/actions/cancel")]
pub(crate) async fn cancel(
    write: StaffWrite<may::WriteReservations>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(reason): ValidJson<Reason>,
) -> Result<HttpResponse, Problem> {
    let id = booking_id(&path)?;
    let property = &write.property;
    let (now, by) = (property.now(&*clock), reason.by(write.actor));
    let work = async |tx: &mut TenantTx| {
        let effects = commands::cancel_all(tx, property, id, &by, now).await?;
        let booking = queries::find(tx, id).await?;
        let rooms = Rooms::of(tx, property.id).await?;
        let effects = effects.into_iter();
        Ok(Answer::ok(BookingEffectView {
            booking: StaffBookingView::new(&booking, &rooms),
            effects: effects.map(|one| EffectView::new(one, &rooms)).collect(),
        })
        .version(booking.version))
    };
    write.run(&db, &reason, work).await
}

/// Confirms all of a booking that is held.
#[utoipa::path(
    tag = "reservations",
    operation_id = "confirm_booking",
    params(("id" = Uuid, Path, description = "Which booking"), WriteParams),
    request_body = RawReason,
    responses(
        (status = 200, description = "Confirmed, or tried", body = StaffBookingView),
        (status = 409, description = "Something stands in the way"),
        (status = 412, description = "`version_mismatch`: it was changed at the same moment"),
    )
)]
#[post("/bookings/{id}/actions/confirm")]
pub(crate) async fn confirm(
    write: StaffWrite<may::WriteReservations>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(reason): ValidJson<Reason>,
) -> Result<HttpResponse, Problem> {
    let id = booking_id(&path)?;
    let property = &write.property;
    let (now, by) = (property.now(&*clock), reason.by(write.actor));
    let work = async |tx: &mut TenantTx| {
        let booking = commands::confirm_booking(tx, property, id, &by, now).await?;
        let rooms = Rooms::of(tx, property.id).await?;
        Ok(Answer::ok(StaffBookingView::new(&booking, &rooms)).version(booking.version))
    };
    write.run(&db, &reason, work).await
}

fn booking_id(path: &str) -> Result<BookingId, Problem> {
    path.parse().map_err(|_| Problem::not_found("booking"))
}
