use chrono::{DateTime, NaiveDate, Utc};
use motel_kernel::{BookingId, GuestId, ReservationId, UnitGroupId, UnitId};
use motel_web::MoneyView;
use serde::Serialize;
use utoipa::ToSchema;

use super::price::PriceView;
use super::rooms::Rooms;
use crate::http::view::BookedPackageView;
use crate::{
    Booking, BookingSource, Cancellation, Reservation, ReservationEvent, ReservationEventKind,
    ReservationStatus, Terms,
};

/// One unit's stay as staff see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReservationView {
    #[schema(value_type = Uuid)]
    id: ReservationId,
    #[schema(value_type = Uuid)]
    booking_id: BookingId,
    /// Its place in the booking, from 1 on.
    ordinal: u16,
    /// `held`, `confirmed`, `in_house`, `checked_out`, `cancelled`, `no_show` or `expired`.
    #[schema(value_type = String)]
    status: ReservationStatus,
    #[schema(value_type = Uuid)]
    unit_group_id: UnitGroupId,
    /// The room type's code.
    unit_group: String,
    /// The room it was given; `null` while it waits for one.
    #[schema(value_type = Option<Uuid>, required)]
    unit_id: Option<UnitId>,
    /// What is written on that room's door.
    #[schema(required)]
    unit: Option<String>,
    /// True when it may not be given another room to make space.
    pinned: bool,
    arrival: NaiveDate,
    departure: NaiveDate,
    nights: u32,
    adults: u8,
    children: u8,
    /// How old the children are, as far as they said.
    child_ages: Vec<u8>,
    pets: u8,
    rate_plan: String,
    /// The promo code it was sold with.
    #[schema(required)]
    promo: Option<String>,
    /// The package it was sold with, as it was agreed.
    #[schema(required)]
    package: Option<BookedPackageView>,
    price: PriceView,
    terms: TermsView,
    /// When the hold ends, or ended; `null` once confirmed.
    #[schema(required)]
    hold_expires_at: Option<DateTime<Utc>>,
    #[schema(required)]
    checked_in_at: Option<DateTime<Utc>>,
    #[schema(required)]
    checked_out_at: Option<DateTime<Utc>>,
    /// Present when it was cancelled or nobody came.
    #[schema(required)]
    cancellation: Option<EndView>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    /// Grows by one with every change; the `ETag`.
    version: i32,
}

/// What was agreed about changing one's mind.
#[derive(Debug, Serialize, ToSchema)]
pub struct TermsView {
    /// What cancelling costs from when on, in order of time. Before the first step it is free.
    cancellation: Vec<StepView>,
    /// What not coming costs.
    no_show_fee: MoneyView,
}

/// From some moment on, cancelling costs this much.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReservationFeeStep)]
pub struct StepView {
    from: DateTime<Utc>,
    fee: MoneyView,
}

/// That a stay was cancelled or nobody came.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReservationEnd)]
pub struct EndView {
    at: DateTime<Utc>,
    fee: MoneyView,
}

/// What one payer bought, as staff see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StaffBookingView {
    #[schema(value_type = Uuid)]
    id: BookingId,
    /// What the guest quotes, `RM-7K3F9Q`.
    code: String,
    /// The liveliest state among its reservations.
    #[schema(value_type = String)]
    status: ReservationStatus,
    /// `web`, `api`, `chat`, `phone` or `desk`.
    #[schema(value_type = String)]
    source: BookingSource,
    booker: BookerView,
    /// The stays in their order, never none.
    reservations: Vec<ReservationView>,
    /// What the reservations that stand cost together.
    total: MoneyView,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    /// Grows with every change of it or of one of its reservations.
    version: i32,
}

/// Who booked, and pays.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookerView {
    #[schema(value_type = Uuid)]
    guest_id: GuestId,
    name: String,
    email: String,
    /// E.164, if given.
    #[schema(required)]
    phone: Option<String>,
}

/// One entry of a reservation's history.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReservationEventView {
    /// Its place in the history, from 1 on; the version it brought the reservation to.
    seq: i32,
    /// `booked`, `held`, `confirmed`, `modified`, `checked_in` …
    #[schema(value_type = String)]
    kind: ReservationEventKind,
    /// `staff:<id>`, `api_key:<id>`, `guest`, `concierge` or `system`.
    actor: String,
    /// Why, if they said.
    #[schema(required)]
    reason: Option<String>,
    at: DateTime<Utc>,
    /// The day the property was working on.
    business_date: NaiveDate,
    /// How the reservation looked before and after: `{before, after}`.
    change: serde_json::Value,
}

impl ReservationView {
    pub(super) fn new(stay: &Reservation, rooms: &Rooms) -> Self {
        Self {
            id: stay.id,
            booking_id: stay.booking,
            ordinal: stay.ordinal,
            status: stay.status,
            unit_group_id: stay.unit_group,
            unit_group: rooms.code(stay.unit_group),
            unit_id: stay.unit,
            unit: stay.unit.and_then(|unit| rooms.number(unit)),
            pinned: stay.pinned,
            arrival: stay.dates.arrival(),
            departure: stay.dates.departure(),
            nights: stay.dates.night_count(),
            adults: stay.party.adults(),
            children: stay.party.children(),
            child_ages: stay.child_ages.clone(),
            pets: stay.party.pets(),
            rate_plan: stay.rate_plan.clone(),
            promo: stay.promo.clone(),
            package: stay.price.package.as_ref().map(BookedPackageView::from),
            price: PriceView::from(&stay.price),
            terms: TermsView::from(&stay.terms),
            hold_expires_at: stay.hold_expires_at,
            checked_in_at: stay.checked_in_at,
            checked_out_at: stay.checked_out_at,
            cancellation: stay.cancellation.map(EndView::from),
            created_at: stay.created_at,
            updated_at: stay.updated_at,
            version: stay.version,
        }
    }
}

impl From<&Terms> for TermsView {
    fn from(terms: &Terms) -> Self {
        let steps = terms.cancellation.iter().map(|step| StepView {
            from: step.from,
            fee: step.fee.into(),
        });
        Self {
            cancellation: steps.collect(),
            no_show_fee: terms.no_show_fee.into(),
        }
    }
}

impl From<Cancellation> for EndView {
    fn from(ended: Cancellation) -> Self {
        Self {
            at: ended.at,
            fee: ended.fee.into(),
        }
    }
}

impl StaffBookingView {
    pub(super) fn new(booking: &Booking, rooms: &Rooms) -> Self {
        let stays = booking.reservations.iter();
        Self {
            id: booking.id,
            code: booking.code.to_string(),
            status: booking.status(),
            source: booking.source,
            booker: BookerView {
                guest_id: booking.booker.guest,
                name: booking.booker.name.to_string(),
                email: booking.booker.email.to_string(),
                phone: booking.booker.phone.as_ref().map(ToString::to_string),
            },
            reservations: stays
                .map(|stay| ReservationView::new(stay, rooms))
                .collect(),
            total: booking.total().into(),
            created_at: booking.created_at,
            updated_at: booking.updated_at,
            version: booking.version,
        }
    }
}

impl TryFrom<ReservationEvent> for ReservationEventView {
    type Error = serde_json::Error;

    fn try_from(event: ReservationEvent) -> Result<Self, Self::Error> {
        Ok(Self {
            seq: event.seq,
            kind: event.kind,
            actor: event.actor.to_string(),
            reason: event.reason,
            at: event.at,
            business_date: event.business_date,
            change: serde_json::to_value(event.change)?,
        })
    }
}
