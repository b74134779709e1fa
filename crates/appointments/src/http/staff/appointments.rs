use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use motel_db::{Db, TenantTx};
use motel_guests::GuestDetails;
use motel_kernel::{AppointmentId, Email, ServiceId, StationId};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{
    CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson, ValidQuery, etag,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::id_in;
use crate::commands::{BookRequest, book};
use crate::http::view::{AppointmentView, Names};
use crate::http::wishes::{self, RawBooker};
use crate::queries::{self, AppointmentFilter, PageKey};
use crate::{AppointmentEvent, By, EventKind, WantedAddOn, Wishes};

/// Which appointments are wanted, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawAppointmentFilter {
    /// From this day of the property's calendar on.
    from: Option<NaiveDate>,
    /// Until this day, which belongs to it.
    to: Option<NaiveDate>,
    /// `held`, `booked`, `completed`, `cancelled`, `no_show` or `expired`.
    status: Option<String>,
    /// Of this service.
    service_id: Option<Uuid>,
    /// At this station.
    station_id: Option<Uuid>,
    /// Booked with this address.
    #[param(format = "email", max_length = 254)]
    email: Option<String>,
}

/// The same, parsed.
pub(crate) struct AppointmentsWanted(AppointmentFilter);

impl Input for AppointmentsWanted {
    type Raw = RawAppointmentFilter;

    fn parse(raw: RawAppointmentFilter) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let from = raw
            .from
            .and_then(|day| wishes::day(&mut errors, "from", day));
        let to = raw.to.and_then(|day| wishes::day(&mut errors, "to", day));
        let status = raw
            .status
            .and_then(|status| errors.check("status", status.parse()));
        let email = raw
            .email
            .and_then(|email| errors.check("email", Email::parse(&email)));
        errors.into_result()?;
        Ok(Self(AppointmentFilter {
            from,
            to,
            status,
            service: raw.service_id.map(ServiceId::from),
            station: raw.station_id.map(StationId::from),
            email,
        }))
    }
}

/// Lists appointments by their start, the earliest first.
#[utoipa::path(
    tag = "appointments",
    operation_id = "list_appointments",
    params(RawAppointmentFilter, CursorParams),
    responses((status = 200, description = "A page of appointments", body = CursorPage<AppointmentView>))
)]
#[get("/appointments")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadAppointments>,
    ValidQuery(AppointmentsWanted(filter)): ValidQuery<AppointmentsWanted>,
    page: CursorQuery,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<web::Json<CursorPage<AppointmentView>>, Problem> {
    let (property, after) = (&access.property, page.after()?);
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::list(&mut tx, property.id, &filter, after, page.fetch()).await?;
    let names = Names::of(&mut tx, property, property.now(&*clock)).await?;
    let page = CursorPage::cut(found, &page, |one| PageKey(one.starts_at, one.id))?;
    Ok(web::Json(page.map(|one| names.view(&one))))
}

/// What is wanted, as it comes in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawStaffAppointment {
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
    /// Only keeps the place, for so many minutes, until it is confirmed.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 10080)]
    hold_minutes: Option<i64>,
    /// Neither short notice nor the horizon matters; it must not be past.
    #[serde(default)]
    any_notice: bool,
    /// For the history.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    reason: Option<String>,
    /// Who books.
    guest: RawBooker,
}

/// The same, parsed.
pub(crate) struct StaffAppointmentInput {
    raw: RawStaffAppointment,
    request: BookRequest,
    reason: Option<String>,
}

impl Input for StaffAppointmentInput {
    type Raw = RawStaffAppointment;

    fn parse(raw: RawStaffAppointment) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let service = errors.text("service", &raw.service, 1..=64);
        let starts_at = wishes::moment(&mut errors, "starts_at", raw.starts_at);
        let guests = wishes::guests(&mut errors, raw.guests);
        let add_ons = wishes::add_ons(&mut errors, &raw.add_ons);
        let destination = wishes::destination(&mut errors, raw.miles, raw.postcode.as_deref());
        let station = wishes::station(&mut errors, raw.station.as_deref());
        let notes = errors.text("notes", &raw.notes, 0..=2_000);
        let reason = reason(&mut errors, raw.reason.as_deref());
        let guest = raw.guest.parse(&mut errors);
        if raw
            .hold_minutes
            .is_some_and(|minutes| !(1..=10_080).contains(&minutes))
        {
            errors.push("hold_minutes", "must lie between 1 and 10080");
        }
        let request = || {
            add_ons?;
            Some(BookRequest {
                service: service?,
                starts_at: starts_at?,
                wishes: Wishes {
                    guests: guests?,
                    add_ons: raw.add_ons.clone(),
                    destination: destination?,
                    station: station?,
                },
                guest: GuestDetails::clone(&guest?),
                notes: notes?,
                hold: raw.hold_minutes.map(Duration::minutes),
                agreed: None,
                any_notice: raw.any_notice,
            })
        };
        match (request(), reason, errors.is_empty()) {
            (Some(request), Some(reason), true) => Ok(Self {
                raw,
                request,
                reason,
            }),
            _ => Err(errors),
        }
    }
}

/// A reason that may be absent; `None` when it was refused.
pub(super) fn reason(errors: &mut FieldErrors, raw: Option<&str>) -> Option<Option<String>> {
    match raw {
        None => Some(None),
        Some(raw) => errors.text("reason", raw, 1..=500).map(Some),
    }
}

/// Books a slot for a guest, or holds it.
#[utoipa::path(
    tag = "appointments",
    operation_id = "create_appointment",
    params(WriteParams),
    request_body = RawStaffAppointment,
    responses(
        (status = 201, description = "Booked, or held", body = AppointmentView),
        (status = 200, description = "Tried, or answered before", body = AppointmentView),
        (status = 404, description = "There is no such service"),
        (status = 409, description = "The slot can't be had: `fully_booked`, `blackout` …"),
    )
)]
#[post("/appointments")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteAppointments>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<StaffAppointmentInput>,
) -> Result<HttpResponse, Problem> {
    let now = write.property.now(&*clock);
    let by = By {
        actor: write.actor,
        reason: input.reason.clone(),
    };
    let made = async |tx: &mut TenantTx| {
        let booked = book(tx, &write.property, &input.request, None, &by, now).await?;
        let names = Names::of(tx, &write.property, now).await?;
        let (id, version) = (booked.appointment.id, booked.appointment.version);
        Ok(Answer::created(names.view(&booked.appointment))
            .version(version)
            .location(format!("/api/v1/appointments/{id}")))
    };
    write.run(&db, &input.raw, made).await
}

/// Shows an appointment; the `ETag` is what a change of it has to send as `If-Match`.
#[utoipa::path(
    tag = "appointments",
    operation_id = "show_appointment",
    params(("id" = Uuid, Path, description = "Which appointment")),
    responses((status = 200, description = "The appointment", body = AppointmentView))
)]
#[get("/appointments/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadAppointments>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let id: AppointmentId = id_in(&path, "appointment")?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::find(&mut tx, id).await?;
    let now = access.property.now(&*clock);
    let names = Names::of(&mut tx, &access.property, now).await?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(found.version))
        .json(names.view(&found)))
}

/// Something that happened to an appointment.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryView {
    /// From 1, without gaps.
    seq: i32,
    /// `held`, `booked`, `confirmed`, `rescheduled`, `cancelled`, `completed`, `no_show`, `expired` or `reminded`.
    #[schema(value_type = String)]
    kind: EventKind,
    /// `staff:<id>`, `api_key:<id>`, `guest`, `concierge` or `system`.
    actor: String,
    #[schema(required)]
    reason: Option<String>,
    /// What it changed.
    #[schema(value_type = Object)]
    change: serde_json::Value,
    at: DateTime<Utc>,
}

impl HistoryView {
    fn new(event: AppointmentEvent) -> Self {
        Self {
            seq: event.seq,
            kind: event.kind,
            actor: event.actor.to_string(),
            reason: event.reason,
            change: event.change,
            at: event.at,
        }
    }
}

/// Shows what ever happened to an appointment, oldest first.
#[utoipa::path(
    tag = "appointments",
    operation_id = "appointment_events",
    params(("id" = Uuid, Path, description = "Which appointment")),
    responses((status = 200, description = "Its history", body = Vec<HistoryView>))
)]
#[get("/appointments/{id}/events")]
pub(crate) async fn events(
    access: StaffAccess<may::ReadAppointments>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<Vec<HistoryView>>, Problem> {
    let id: AppointmentId = id_in(&path, "appointment")?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    queries::find(&mut tx, id).await?;
    let history = queries::history(&mut tx, id).await?;
    Ok(web::Json(
        history.into_iter().map(HistoryView::new).collect(),
    ))
}
