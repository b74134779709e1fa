use actix_web::{HttpResponse, post, web};
use chrono::{DateTime, NaiveDate, Utc};
use motel_db::Db;
use motel_kernel::{Amount, QuoteId};
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::room::{RawRoom, parse_rooms};
use super::view::BookedPackageView;
use crate::{Quote, QuotedStay, StayRequest, commands};

/// The rooms a price is wanted for, as they come in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = GuestRooms)]
pub(crate) struct RawRooms {
    /// One for each room.
    #[schema(min_items = 1, max_items = 20)]
    rooms: Vec<RawRoom>,
}

/// The same, parsed.
pub(crate) struct Rooms(Vec<StayRequest>);

impl Input for Rooms {
    type Raw = RawRooms;

    fn parse(raw: RawRooms) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        match parse_rooms(raw.rooms, &mut errors) {
            Some(rooms) => Ok(Self(rooms)),
            None => Err(errors),
        }
    }
}

/// A price that stands until it expires. It takes no room out of the sale.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestQuoteView {
    /// What to book by.
    #[schema(value_type = Uuid)]
    pub quote_id: QuoteId,
    /// Each room.
    pub rooms: Vec<QuotedRoomView>,
    /// What all of them cost together.
    #[schema(value_type = f64)]
    pub total: Amount,
    /// The same in minor units.
    pub total_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// When it stops being honoured.
    pub expires_at: DateTime<Utc>,
}

/// One room of a quote.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuotedRoomView {
    /// Day of arrival.
    pub check_in: NaiveDate,
    /// Day of departure.
    pub check_out: NaiveDate,
    /// The room type's code.
    pub room_type: String,
    /// The rate plan's code.
    pub rate_plan: String,
    /// The package it is with.
    #[schema(required)]
    pub package: Option<BookedPackageView>,
    /// What it costs with fees and taxes.
    #[schema(value_type = f64)]
    pub total: Amount,
    /// The same in minor units.
    pub total_minor: i64,
    /// Until when cancelling would cost nothing.
    #[schema(required)]
    pub free_cancellation_until: Option<DateTime<Utc>>,
}

impl From<&Quote> for GuestQuoteView {
    fn from(quote: &Quote) -> Self {
        Self {
            quote_id: quote.id,
            rooms: quote.stays.iter().map(QuotedRoomView::from).collect(),
            total: quote.total.amount(),
            total_minor: quote.total.minor(),
            currency: quote.total.currency().to_string(),
            expires_at: quote.expires_at,
        }
    }
}

impl From<&QuotedStay> for QuotedRoomView {
    fn from(stay: &QuotedStay) -> Self {
        Self {
            check_in: stay.request.dates.arrival(),
            check_out: stay.request.dates.departure(),
            room_type: stay.request.unit_group.clone(),
            rate_plan: stay.rate_plan.clone(),
            package: stay.price.package.as_ref().map(BookedPackageView::from),
            total: stay.price.total.amount(),
            total_minor: stay.price.total.minor(),
            free_cancellation_until: stay.terms.free_cancellation_until(),
        }
    }
}

/// Freezes the price of one room or several for a quarter of an hour. `POST /bookings` with its `quote_id` honours it.
#[utoipa::path(
    tag = "bookings",
    operation_id = "create_guest_quote",
    request_body = RawRooms,
    responses(
        (status = 201, description = "The price stands", body = GuestQuoteView),
        (status = 409, description = "`sold_out`"),
        (status = 422, description = "A field is not right"),
    )
)]
#[post("/quotes")]
pub(crate) async fn create(
    place: PublicTenant,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(Rooms(rooms)): ValidJson<Rooms>,
) -> Result<HttpResponse, Problem> {
    let now = place.property.now(&*clock);
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let quote = commands::quote(&mut tx, &place.property, &rooms, now).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(HttpResponse::Created().json(GuestQuoteView::from(&quote)))
}
