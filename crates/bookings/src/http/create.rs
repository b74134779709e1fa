use actix_web::{HttpRequest, HttpResponse, post, web};
use motel_db::Db;
use motel_guests::GuestDetails;
use motel_kernel::{Email, Party, PersonName, Phone, StayDates};
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::BookingView;
use crate::commands::{BookRequest, book};
use crate::{BookingSource, IdempotencyKey, StayRequest};

/// What is wanted, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RawBooking {
    /// Day of arrival.
    check_in: chrono::NaiveDate,
    /// Day of departure.
    check_out: chrono::NaiveDate,
    /// A room type's code, `standard_queen`.
    room_type: String,
    /// Grown-ups, at least one.
    adults: i64,
    /// Children.
    #[serde(default)]
    children: i64,
    /// Animals.
    #[serde(default)]
    pets: i64,
    /// Who books.
    guest: RawGuest,
}

/// Who books, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RawGuest {
    full_name: String,
    email: String,
    /// With the country code unless it is a US one.
    #[serde(default)]
    phone: Option<String>,
}

/// The same, parsed.
pub(crate) struct BookingInput {
    wanted: StayRequest,
    guest: GuestDetails,
}

impl Input for BookingInput {
    type Raw = RawBooking;

    fn parse(raw: RawBooking) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let dates = errors.check("check_out", StayDates::new(raw.check_in, raw.check_out));
        let party = errors.check("adults", Party::new(raw.adults, raw.children, raw.pets));
        let unit_group = errors.text("room_type", &raw.room_type, 1..=64);
        let guest = parse_guest(raw.guest, &mut errors);
        match (dates, party, unit_group, guest) {
            (Some(dates), Some(party), Some(unit_group), Some(guest)) => Ok(Self {
                wanted: StayRequest::new(dates, party, unit_group),
                guest,
            }),
            _ => Err(errors),
        }
    }
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

/// Books a room.
///
/// With an `Idempotency-Key`, repeating the same request answers the same booking (200 instead of 201).
#[utoipa::path(
    tag = "bookings",
    request_body = RawBooking,
    params(("Idempotency-Key" = Option<String>, Header, description = "Your own name for this request")),
    responses(
        (status = 201, description = "Booked", body = BookingView),
        (status = 200, description = "Booked before by a request with the same key", body = BookingView),
        (status = 409, description = "`sold_out`", content_type = "application/problem+json"),
        (status = 422, description = "A field is not right", content_type = "application/problem+json"),
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
    let wanted = BookRequest {
        stays: vec![input.wanted],
        guest: input.guest,
        source: BookingSource::Api,
        agreed: None,
    };
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let booked = book(
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
