use actix_web::{HttpResponse, get, put, web};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, VersionedWriteParams};
use motel_tenancy::{Property, may};
use motel_web::{FieldErrors, Input, Problem, ValidJson, etag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{NightAuditError, Schedule, commands};

/// When days are to be closed by themselves, as it comes in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSchedule {
    /// Whether they are at all.
    automatic: bool,
    /// At which full hour on the wall clock, the morning after.
    #[schema(minimum = 0, maximum = 12)]
    hour: i64,
}

/// The same, parsed.
pub(crate) struct ScheduleInput {
    automatic: bool,
    at: NaiveTime,
}

impl Input for ScheduleInput {
    type Raw = RawSchedule;

    fn parse(raw: RawSchedule) -> Result<Self, FieldErrors> {
        let hour = u32::try_from(raw.hour).ok().filter(|hour| *hour <= 12);
        let at = hour.and_then(|hour| NaiveTime::from_hms_opt(hour, 0, 0));
        at.map(|at| Self {
            automatic: raw.automatic,
            at,
        })
        .ok_or_else(|| FieldErrors::of("hour", "must lie between 0 and 12"))
    }
}

/// When the days of the property are closed by themselves.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScheduleView {
    /// Whether they are at all.
    automatic: bool,
    /// At which full hour on the wall clock, the morning after.
    hour: u32,
    /// The day the property works on.
    business_date: NaiveDate,
    /// When that day is due to be closed.
    next_due_at: DateTime<Utc>,
    /// Grows with every change.
    version: i32,
}

impl ScheduleView {
    fn new(schedule: Schedule, business_date: NaiveDate) -> Self {
        Self {
            automatic: schedule.automatic,
            hour: chrono::Timelike::hour(&schedule.at),
            business_date,
            next_due_at: schedule.next_due_at,
            version: schedule.version,
        }
    }
}

/// Shows the business date, and when it will be closed by itself.
#[utoipa::path(
    tag = "night audit",
    operation_id = "show_night_audit_schedule",
    responses((status = 200, description = "The schedule", body = ScheduleView))
)]
#[get("/night-audit-schedule")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadSettings>,
    db: web::Data<Db>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let now = access.property.now(&*clock);
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let schedule = commands::keep_schedule(&mut tx, &access.property, now).await?;
    let view = view(&mut tx, &access.property, schedule, now).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(view.version))
        .json(view))
}

/// Changes when days are closed by themselves.
#[utoipa::path(
    tag = "night audit",
    operation_id = "change_night_audit_schedule",
    params(VersionedWriteParams),
    request_body = RawSchedule,
    responses(
        (status = 200, description = "The schedule as it is now", body = ScheduleView),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/night-audit-schedule")]
pub(crate) async fn change(
    write: StaffWrite<may::WriteSettings>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(wanted): ValidJson<ScheduleInput>,
) -> Result<HttpResponse, Problem> {
    let now = write.property.now(&*clock);
    let expected = write.require_version()?;
    let changing = async |tx: &mut TenantTx| {
        let property = &write.property;
        let terms = (wanted.automatic, wanted.at);
        let schedule = commands::change_schedule(tx, property, Some(expected), terms, now).await?;
        let view = view(tx, property, schedule, now).await?;
        let version = view.version;
        Ok(Answer::ok(view).version(version))
    };
    write
        .run(&db, &(wanted.automatic, wanted.at), changing)
        .await
}

async fn view(
    tx: &mut TenantTx,
    property: &Property,
    schedule: Schedule,
    now: DateTime<Utc>,
) -> Result<ScheduleView, NightAuditError> {
    let day = motel_bookings::queries::business_date(tx, property, now).await?;
    Ok(ScheduleView::new(schedule, day))
}
