use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Days, NaiveDate, Utc};
use motel_db::Db;
use motel_guests::GuestDetails;
use motel_kernel::{Actor, BookingCode, Email, Money};
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{
    FieldErrors, IdempotencyKey, IdempotencyKeyHeader, Input, MoneyView, Problem, ValidJson,
    ValidQuery,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::{AppointmentPriceView, AppointmentView, Names, RefusalView};
use super::wishes::{self, RawBooker};
use crate::commands::{BookRequest, book};
use crate::rules::{Ask, price_appointment};
use crate::{
    AppointmentError, By, Destination, Refusal, Service, ServiceDetails, Slot, WantedAddOn, Wishes,
    queries,
};

/// The most days one search shows.
const MOST_DAYS: u64 = 31;

/// A service that can be booked.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestServiceView {
    /// What it is, and what it costs in minor units of the currency.
    details: ServiceDetails,
    /// What it costs: for each guest, or for the session.
    price: MoneyView,
    /// Who performs it. One of them may be asked for.
    stations: Vec<NamedStationView>,
}

/// Who performs a service.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedStationView {
    code: String,
    name: String,
}

/// Lists what can be booked by the slot.
#[utoipa::path(
    tag = "appointments",
    operation_id = "list_services_for_guests",
    responses((status = 200, description = "The services in their order", body = Vec<GuestServiceView>))
)]
#[get("/services")]
pub(crate) async fn services(
    place: PublicTenant,
    db: web::Data<Db>,
) -> Result<web::Json<Vec<GuestServiceView>>, Problem> {
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let services = queries::services(&mut tx, place.property.id, false).await?;
    let stations = queries::stations(&mut tx, place.property.id).await?;
    let shown = services.into_iter().map(|service| {
        let able = stations.iter().filter(|station| {
            station.details.active && station.details.services.contains(&service.details.code)
        });
        GuestServiceView {
            price: Money::new(service.details.price_minor, service.currency).into(),
            stations: able
                .map(|station| NamedStationView {
                    code: station.details.code.clone(),
                    name: station.details.name.clone(),
                })
                .collect(),
            details: service.details,
        }
    });
    Ok(web::Json(shown.collect()))
}

/// Which slots, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawSearch {
    /// The first day, on the property's calendar; today without one.
    from: Option<NaiveDate>,
    /// The last day, which is shown too; at most 31 days in all, a week without one.
    to: Option<NaiveDate>,
    /// How many come; the fewest the service takes without it.
    #[param(minimum = 1, maximum = 10000)]
    guests: Option<i64>,
    /// How far away, for a service that is paid by distance.
    #[param(minimum = 0, maximum = 10000)]
    miles: Option<i64>,
    /// Where, for a service that is paid by area.
    #[param(min_length = 1, max_length = 20)]
    postcode: Option<String>,
    /// Only with this station.
    #[param(min_length = 1, max_length = 64)]
    station: Option<String>,
}

/// The same, parsed.
pub(crate) struct Search {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    guests: Option<u32>,
    destination: Option<Destination>,
    station: Option<String>,
}

impl Input for Search {
    type Raw = RawSearch;

    fn parse(raw: RawSearch) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let from = raw.from.map(|day| wishes::day(&mut errors, "from", day));
        let to = raw.to.map(|day| wishes::day(&mut errors, "to", day));
        let guests = raw.guests.map(|guests| wishes::guests(&mut errors, guests));
        let destination = wishes::destination(&mut errors, raw.miles, raw.postcode.as_deref());
        let station = wishes::station(&mut errors, raw.station.as_deref());
        errors.clone().into_result()?;
        Ok(Self {
            from: from.flatten(),
            to: to.flatten(),
            guests: guests.flatten(),
            destination: destination.flatten(),
            station: station.flatten(),
        })
    }
}

impl Search {
    fn days(&self, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), Problem> {
        let first = self.from.unwrap_or(today);
        let last = self.to.unwrap_or(first + Days::new(6));
        if last < first {
            return Err(Problem::invalid("to", "lies before from"));
        }
        if last >= first + Days::new(MOST_DAYS) {
            return Err(Problem::invalid("to", "is more than 31 days after from"));
        }
        Ok((first, last))
    }
}

/// When a service can be had, and what it costs then.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlotsView {
    /// The service's code.
    service: String,
    guests: u32,
    /// The price, the same at every time; `null` when it can't be said.
    #[schema(required)]
    price: Option<AppointmentPriceView>,
    /// Why the price can't be said.
    #[schema(required)]
    refusal: Option<RefusalView>,
    /// Whose wall clock local times are of.
    timezone: &'static str,
    /// In order of time.
    slots: Vec<SlotView>,
}

/// One possible start.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlotView {
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    local_date: NaiveDate,
    /// `18:00`.
    local_time: String,
    available: bool,
    /// Why not: `blackout`, `fully_booked`, `not_staffed`, `too_short_notice`, `too_far_ahead`, or what stands in the way at
    /// every time: `too_many_guests`, `too_few_guests`, `too_far`.
    #[schema(required)]
    closed: Option<RefusalView>,
}

/// Searches the times at which a service can be had. Those that can't be are listed as well, with the reason.
#[utoipa::path(
    tag = "appointments",
    operation_id = "search_slots",
    params(("code" = String, Path, description = "The service's code", max_length = 64), RawSearch),
    responses((status = 200, description = "Open and closed slots", body = SlotsView))
)]
#[get("/services/{code}/slots")]
pub(crate) async fn slots(
    path: web::Path<CodePath>,
    place: PublicTenant,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidQuery(search): ValidQuery<Search>,
) -> Result<web::Json<SlotsView>, Problem> {
    let (property, now) = (&place.property, place.property.now(&*clock));
    let (first, last) = search.days(property.today(&*clock))?;
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let found = queries::service_by_code(&mut tx, property.id, path.plain()?).await?;
    let service = found
        .filter(|service| service.details.active)
        .ok_or_else(|| Problem::not_found("service"))?;
    let wishes = Wishes {
        guests: search.guests.unwrap_or(service.details.min_guests),
        add_ons: Vec::new(),
        destination: search.destination.clone(),
        station: None,
    };
    let price = match price_appointment(&service, &wishes, &property.tax) {
        Ok(price) => Ok(price),
        Err(AppointmentError::Refused(refusal)) => Err(refusal),
        Err(other) => return Err(other.into()),
    };
    let diary = queries::diary(&mut tx, property, service, first, last, now).await?;
    let station = match &search.station {
        None => None,
        Some(code) => {
            let mut able = diary.stations.iter();
            let asked = able.find(|station| station.details.code == *code);
            let unknown = || AppointmentError::from(Refusal::UnknownStation(code.clone()));
            Some(asked.ok_or_else(unknown)?.id)
        }
    };
    let ask = Ask {
        guests: wishes.guests,
        station,
        now,
        any_notice: false,
    };
    let days = first.iter_days().take_while(|day| *day <= last);
    let slots = days.flat_map(|day| diary.slots_on(day, &ask));
    // Where it is only not said where, times can be shown all the same.
    let hopeless = match &price {
        Err(refusal) if !matches!(refusal, Refusal::DestinationMissing(_)) => Some(refusal),
        _ => None,
    };
    let shown = slots.map(|slot| SlotView::new(&slot, property.timezone, hopeless));
    Ok(web::Json(SlotsView {
        service: diary.service.details.code.clone(),
        guests: wishes.guests,
        timezone: property.timezone.name(),
        slots: shown.collect(),
        refusal: price.as_ref().err().map(refused),
        price: price.as_ref().ok().map(AppointmentPriceView::new),
    }))
}

fn refused(refusal: &Refusal) -> RefusalView {
    RefusalView {
        code: refusal.code(),
        reason: refusal.to_string(),
    }
}

impl SlotView {
    fn new(slot: &Slot, timezone: chrono_tz::Tz, hopeless: Option<&Refusal>) -> Self {
        let local = slot.starts_at.with_timezone(&timezone);
        let closed = slot.places.as_ref().err().map(|closed| RefusalView {
            code: closed.code(),
            reason: closed.to_string(),
        });
        let closed = hopeless.map(refused).or(closed);
        Self {
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
            local_date: slot.local_day,
            local_time: local.format("%H:%M").to_string(),
            available: closed.is_none(),
            closed,
        }
    }
}

/// What is wanted, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAppointment {
    /// The service's code.
    #[schema(min_length = 1, max_length = 64)]
    service: String,
    /// One of its slots.
    starts_at: DateTime<Utc>,
    #[schema(minimum = 1, maximum = 10000)]
    guests: i64,
    #[serde(default)]
    #[schema(max_items = 100)]
    add_ons: Vec<WantedAddOn>,
    /// How far away, for a service that is paid by distance.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 10000)]
    miles: Option<i64>,
    /// Where, for a service that is paid by area.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 20)]
    postcode: Option<String>,
    /// The code of who is asked for.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 64)]
    station: Option<String>,
    /// The guest's own words.
    #[serde(default)]
    #[schema(max_length = 2000)]
    notes: String,
    /// The total the guest was shown, in minor units; another price by now is a 409 `price_changed`.
    #[serde(default)]
    #[schema(minimum = 0)]
    agreed_total_minor: Option<i64>,
    /// Who books.
    guest: RawBooker,
}

/// The same, parsed.
pub(crate) struct AppointmentInput {
    service: String,
    starts_at: DateTime<Utc>,
    wishes: Wishes,
    notes: String,
    agreed_minor: Option<i64>,
    guest: GuestDetails,
}

impl Input for AppointmentInput {
    type Raw = RawAppointment;

    fn parse(raw: RawAppointment) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let service = errors.text("service", &raw.service, 1..=64);
        let starts_at = wishes::moment(&mut errors, "starts_at", raw.starts_at);
        let guests = wishes::guests(&mut errors, raw.guests);
        let add_ons = wishes::add_ons(&mut errors, &raw.add_ons);
        let destination = wishes::destination(&mut errors, raw.miles, raw.postcode.as_deref());
        let station = wishes::station(&mut errors, raw.station.as_deref());
        let notes = errors.text("notes", &raw.notes, 0..=2_000);
        let guest = raw.guest.parse(&mut errors);
        let parsed = || {
            add_ons?;
            Some(Self {
                service: service?,
                starts_at: starts_at?,
                wishes: Wishes {
                    guests: guests?,
                    add_ons: raw.add_ons,
                    destination: destination?,
                    station: station?,
                },
                notes: notes?,
                agreed_minor: raw.agreed_total_minor,
                guest: guest?,
            })
        };
        parsed().ok_or(errors)
    }
}

impl AppointmentInput {
    fn into_request(self, service: &Service) -> BookRequest {
        BookRequest {
            service: self.service,
            starts_at: self.starts_at,
            wishes: self.wishes,
            guest: self.guest,
            notes: self.notes,
            hold: None,
            agreed: self
                .agreed_minor
                .map(|minor| Money::new(minor, service.currency)),
            any_notice: false,
        }
    }
}

/// Books a slot.
///
/// With an `Idempotency-Key`, repeating the same request answers the same appointment (200 instead of 201).
#[utoipa::path(
    tag = "appointments",
    operation_id = "book_appointment",
    request_body = RawAppointment,
    params(IdempotencyKeyHeader),
    responses(
        (status = 201, description = "Booked", body = AppointmentView),
        (status = 200, description = "Booked before by a request with the same key", body = AppointmentView),
        (status = 404, description = "There is no such service"),
        (status = 409, description = "The slot can't be had (`fully_booked`, `blackout` …), or `price_changed`"),
    )
)]
#[post("/appointments")]
pub(crate) async fn create(
    place: PublicTenant,
    db: web::Data<Db>,
    clock: CurrentClock,
    key: IdempotencyKey,
    ValidJson(input): ValidJson<AppointmentInput>,
) -> Result<HttpResponse, Problem> {
    let (property, now) = (&place.property, place.property.now(&*clock));
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let service = queries::service_by_code(&mut tx, property.id, &input.service).await?;
    let service = service.ok_or_else(|| Problem::not_found("service"))?;
    let request = input.into_request(&service);
    let by = By::actor(Actor::Guest);
    let booked = book(&mut tx, property, &request, key.as_deref(), &by, now).await?;
    let view = Names::of(&mut tx, property, now)
        .await?
        .view(&booked.appointment);
    tx.commit().await.map_err(Problem::internal)?;
    let mut answer = if booked.replayed {
        HttpResponse::Ok()
    } else {
        HttpResponse::Created()
    };
    Ok(answer.json(view))
}

/// The proof that comes with a look-up.
#[derive(Debug, Deserialize)]
pub(crate) struct RawProof {
    email: String,
}

/// The same, parsed.
pub(crate) struct Proof(Email);

impl Input for Proof {
    type Raw = RawProof;

    fn parse(raw: RawProof) -> Result<Self, FieldErrors> {
        Email::parse(&raw.email)
            .map(Self)
            .map_err(|error| FieldErrors::of("email", error))
    }
}

/// A code, out of the path.
#[derive(Debug, Deserialize)]
pub(crate) struct CodePath {
    code: String,
}

impl CodePath {
    /// The code, as long as a service can have it.
    fn plain(&self) -> Result<&str, Problem> {
        let plain = self
            .code
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        (plain && self.code.len() <= 64)
            .then_some(self.code.as_str())
            .ok_or_else(|| Problem::not_found("service"))
    }
}

/// Shows an appointment to its guest. A wrong code and a wrong e-mail address are the same 404.
#[utoipa::path(
    tag = "appointments",
    operation_id = "show_appointment_to_guest",
    params(
        ("code" = String, Path, description = "RM-7K3F9Q", max_length = 32),
        ("email" = String, Query, description = "The address it was booked with", format = "email", max_length = 254),
    ),
    responses((status = 200, description = "The appointment", body = AppointmentView))
)]
#[get("/appointments/{code}")]
pub(crate) async fn show(
    path: web::Path<CodePath>,
    place: PublicTenant,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidQuery(Proof(email)): ValidQuery<Proof>,
) -> Result<web::Json<AppointmentView>, Problem> {
    let code = BookingCode::parse(&path.code).map_err(|_| Problem::not_found("appointment"))?;
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let found = queries::find_for_guest(&mut tx, &code, &email).await?;
    let now = place.property.now(&*clock);
    let names = Names::of(&mut tx, &place.property, now).await?;
    Ok(web::Json(names.view(&found)))
}
