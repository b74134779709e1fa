use actix_web::{HttpRequest, HttpResponse, post, web};
use chrono::NaiveDate;
use motel_db::Db;
use motel_guests::GuestDetails;
use motel_kernel::{Email, PersonName, Phone, QuoteId};
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::Deserialize;
use utoipa::ToSchema;

use super::room::{RawRoom, given, parse_rooms};
use super::view::BookingView;
use crate::commands::{ReserveRequest, WantedStays, reserve_once};
use crate::{BookingSource, IdempotencyKey};

/// What is wanted, as it comes in: one room by its fields, several by `rooms`, or all of a quote by `quote_id`.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = GuestBooking)]
pub(crate) struct RawBooking {
    /// Day of arrival.
    check_in: Option<NaiveDate>,
    /// Day of departure.
    check_out: Option<NaiveDate>,
    /// A room type's code, `standard_queen`.
    #[schema(min_length = 1, max_length = 64)]
    room_type: Option<String>,
    /// Grown-ups, at least one.
    #[schema(minimum = 1, maximum = 20)]
    adults: Option<i64>,
    /// Children.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 20)]
    children: i64,
    /// Animals.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 20)]
    pets: i64,
    /// The rate plan's code; the cheapest one otherwise.
    #[schema(min_length = 1, max_length = 64)]
    rate_plan: Option<String>,
    /// A package's code, as a search names it.
    #[schema(min_length = 1, max_length = 64)]
    package: Option<String>,
    /// Several rooms at today's price, instead of the fields above.
    #[serde(default)]
    #[schema(max_items = 20)]
    rooms: Vec<RawRoom>,
    /// All rooms of a quote at its price, instead of all of that.
    #[schema(value_type = Option<Uuid>)]
    quote_id: Option<String>,
    /// Who books.
    guest: RawGuest,
}

/// Who books, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = BookingGuest)]
pub(crate) struct RawGuest {
    full_name: String,
    email: String,
    /// With the country code unless it is a US one.
    #[serde(default)]
    phone: Option<String>,
}

/// The same, parsed.
pub(crate) struct BookingInput {
    wanted: WantedStays,
    guest: GuestDetails,
}

impl Input for BookingInput {
    type Raw = RawBooking;

    fn parse(raw: RawBooking) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let wanted = match (raw.quote_id, raw.rooms) {
            (Some(quote), _) => quoted(&quote, &mut errors),
            (None, rooms) if !rooms.is_empty() => {
                parse_rooms(rooms, &mut errors).map(WantedStays::Priced)
            }
            _ => {
                let room = RawRoom {
                    check_in: given("check_in", raw.check_in, &mut errors),
                    check_out: given("check_out", raw.check_out, &mut errors),
                    room_type: given("room_type", raw.room_type, &mut errors),
                    adults: given("adults", raw.adults, &mut errors),
                    children: raw.children,
                    pets: raw.pets,
                    child_ages: Vec::new(),
                    rate_plan: raw.rate_plan,
                    package: raw.package,
                    promo: None,
                };
                let room = room.parse("", &mut errors);
                room.map(|room| WantedStays::Priced(vec![room]))
            }
        };
        let guest = parse_guest(raw.guest, &mut errors);
        match (wanted, guest) {
            (Some(wanted), Some(guest)) => Ok(Self { wanted, guest }),
            _ => Err(errors),
        }
    }
}

fn quoted(id: &str, errors: &mut FieldErrors) -> Option<WantedStays> {
    let id = errors.check("quote_id", id.parse::<QuoteId>());
    id.map(WantedStays::Quoted)
}

fn parse_guest(raw: RawGuest, errors: &mut FieldErrors) -> Option<GuestDetails> {
    let name = errors.check("guest.full_name", PersonName::parse(&raw.full_name));
    let email = errors.check("guest.email", Email::parse(&raw.email));
    let given = raw.phone.filter(|phone| !phone.trim().is_empty());
    let phone = match given.map(|phone| errors.check("guest.phone", Phone::parse(&phone))) {
        Some(None) => return None,
        Some(phone) => phone,
        None => None,
    };
    Some(GuestDetails {
        name: name?,
        email: email?,
        phone,
    })
}

/// Books one room or several, at today's price or at that of a quote.
///
/// With an `Idempotency-Key`, repeating the same request answers the same booking (200 instead of 201).
#[utoipa::path(
    tag = "bookings",
    request_body = RawBooking,
    params(("Idempotency-Key" = Option<String>, Header, description = "Your own name for this request")),
    responses(
        (status = 201, description = "Booked", body = BookingView),
        (status = 200, description = "Booked before by a request with the same key", body = BookingView),
        (status = 409, description = "`sold_out`, `quote_expired`"),
        (status = 422, description = "A field is not right"),
    )
)]
#[post("/bookings")]
pub(crate) async fn create(
    request: HttpRequest,
    place: PublicTenant,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<BookingInput>,
) -> Result<HttpResponse, Problem> {
    let key = idempotency_key(&request)?;
    let wanted = ReserveRequest {
        wanted: input.wanted,
        guest: input.guest,
        source: BookingSource::Api,
        agreed: None,
        hold: None,
    };
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let booked = reserve_once(
        &mut tx,
        &place.property,
        &wanted,
        key.as_ref(),
        place.property.now(&*clock),
    )
    .await?;
    let view = super::show::view(&mut tx, &booked.booking).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let mut answer = if booked.replayed {
        HttpResponse::Ok()
    } else {
        HttpResponse::Created()
    };
    Ok(answer.json(view))
}

fn idempotency_key(request: &HttpRequest) -> Result<Option<IdempotencyKey>, Problem> {
    let Some(header) = request.headers().get("Idempotency-Key") else {
        return Ok(None);
    };
    let key = IdempotencyKey::parse(header.to_str().unwrap_or_default());
    key.map(Some)
        .map_err(|error| Problem::invalid("Idempotency-Key", error))
}
