use actix_web::{HttpResponse, delete, get, post, web};
use chrono::{Days, NaiveDate};
use motel_db::{Db, TenantTx};
use motel_kernel::{BlackoutId, ServiceId, StationId};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson, ValidQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::commands::{NewBlackout, add_blackout, remove_blackout};
use crate::http::wishes;
use crate::{Blackout, queries};

/// Days on which nothing new is taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct BlackoutView {
    #[schema(value_type = Uuid)]
    id: BlackoutId,
    /// Only this service.
    #[schema(value_type = Option<Uuid>, required)]
    service_id: Option<ServiceId>,
    /// Only this station.
    #[schema(value_type = Option<Uuid>, required)]
    station_id: Option<StationId>,
    first_day: NaiveDate,
    /// It belongs to them.
    last_day: NaiveDate,
    reason: String,
}

impl BlackoutView {
    fn new(blackout: Blackout) -> Self {
        Self {
            id: blackout.id,
            service_id: blackout.service,
            station_id: blackout.station,
            first_day: blackout.first_day,
            last_day: blackout.last_day,
            reason: blackout.reason,
        }
    }
}

/// Days to close, as it comes in. Of one service, of one station, or of the property where neither is named.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBlackout {
    #[serde(default)]
    service_id: Option<Uuid>,
    #[serde(default)]
    station_id: Option<Uuid>,
    first_day: NaiveDate,
    /// It belongs to them.
    last_day: NaiveDate,
    /// Guests see it.
    #[serde(default)]
    #[schema(max_length = 200)]
    reason: String,
}

/// The same, parsed.
pub(crate) struct BlackoutInput(RawBlackout);

impl Input for BlackoutInput {
    type Raw = RawBlackout;

    fn parse(raw: RawBlackout) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        wishes::day(&mut errors, "first_day", raw.first_day);
        wishes::day(&mut errors, "last_day", raw.last_day);
        let reason = errors.text("reason", &raw.reason, 0..=200);
        errors.clone().into_result()?;
        let reason = reason.ok_or(errors)?;
        Ok(Self(RawBlackout { reason, ..raw }))
    }
}

/// Which days, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawDays {
    /// The first day; today without one.
    from: Option<NaiveDate>,
    /// The last day; two years later without one.
    to: Option<NaiveDate>,
}

/// The same, parsed.
pub(crate) struct DaysWanted {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Input for DaysWanted {
    type Raw = RawDays;

    fn parse(raw: RawDays) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let from = raw
            .from
            .and_then(|day| wishes::day(&mut errors, "from", day));
        let to = raw.to.and_then(|day| wishes::day(&mut errors, "to", day));
        errors.into_result()?;
        Ok(Self { from, to })
    }
}

/// Lists the closed days that touch a range, at most 500.
#[utoipa::path(
    tag = "services",
    operation_id = "list_blackouts",
    params(RawDays),
    responses((status = 200, description = "The earliest first", body = Vec<BlackoutView>))
)]
#[get("/blackouts")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadServices>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidQuery(days): ValidQuery<DaysWanted>,
) -> Result<web::Json<Vec<BlackoutView>>, Problem> {
    let first = days.from.unwrap_or_else(|| access.property.today(&*clock));
    let last = days.to.unwrap_or(first + Days::new(730));
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::blackouts(&mut tx, access.property.id, first, last).await?;
    Ok(web::Json(
        found.into_iter().map(BlackoutView::new).collect(),
    ))
}

/// Closes days. What is booked on them stays booked.
#[utoipa::path(
    tag = "services",
    operation_id = "create_blackout",
    params(WriteParams),
    request_body = RawBlackout,
    responses(
        (status = 201, description = "They are closed", body = BlackoutView),
        (status = 200, description = "Tried, or answered before", body = BlackoutView),
        (status = 404, description = "There is no such service or station"),
    )
)]
#[post("/blackouts")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteServices>,
    db: web::Data<Db>,
    ValidJson(BlackoutInput(input)): ValidJson<BlackoutInput>,
) -> Result<HttpResponse, Problem> {
    let made = async |tx: &mut TenantTx| {
        let new = NewBlackout {
            service: input.service_id.map(ServiceId::from),
            station: input.station_id.map(StationId::from),
            first_day: input.first_day,
            last_day: input.last_day,
            reason: input.reason.clone(),
        };
        let blackout = add_blackout(tx, write.property.id, new).await?;
        Ok(Answer::created(BlackoutView::new(blackout)))
    };
    write.run(&db, &input, made).await
}

/// Opens closed days again.
#[utoipa::path(
    tag = "services",
    operation_id = "remove_blackout",
    params(("id" = Uuid, Path, description = "Which"), WriteParams),
    responses((status = 204, description = "They are open"))
)]
#[delete("/blackouts/{id}")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteServices>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id: Uuid = super::id_in(&path, "blackout")?;
    let removed = async |tx: &mut TenantTx| {
        remove_blackout(tx, BlackoutId::from(id)).await?;
        Ok(Answer::no_content())
    };
    write.run(&db, &(), removed).await
}
