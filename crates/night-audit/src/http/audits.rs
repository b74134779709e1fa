use actix_web::{HttpResponse, get, post, web};
use chrono::NaiveDate;
use motel_bookings::By;
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{
    Answer, CurrentClock, OneProperty, StaffAccess, StaffWrite, WriteParams,
};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::NightAuditView;
use crate::{commands, queries};

/// Which day is to be closed, as it comes in. It has to be named, so that of two who close the same day the second one is
/// told, instead of closing the next.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawClosing {
    /// The business date that ends.
    business_date: NaiveDate,
}

/// The same, parsed.
pub(crate) struct Closing(NaiveDate);

impl Input for Closing {
    type Raw = RawClosing;

    fn parse(raw: RawClosing) -> Result<Self, FieldErrors> {
        Ok(Self(raw.business_date))
    }
}

/// Closes the day the property works on and opens the next one.
///
/// Charges the nights of the guests in the house, notes who did not come, releases holds that are over, and takes the
/// statistics: all of it or nothing. With `dry_run=true` the whole report is answered and nothing happens.
#[utoipa::path(
    tag = "night audit",
    operation_id = "close_day",
    params(WriteParams),
    request_body = RawClosing,
    responses(
        (status = 201, description = "The day is closed", body = NightAuditView),
        (status = 200, description = "What closing it would do: with `dry_run`", body = NightAuditView),
        (status = 409, description = "`already_closed`, `not_the_business_date` or `not_begun`"),
    )
)]
#[post("/night-audits")]
pub(crate) async fn close(
    write: StaffWrite<may::WriteAudits>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(Closing(day)): ValidJson<Closing>,
) -> Result<HttpResponse, Problem> {
    let now = write.property.now(&*clock);
    let by = By::actor(write.actor);
    let closing = async |tx: &mut TenantTx| {
        let audit = commands::close_day(tx, &write.property, day, &by, now).await?;
        let place = format!("/api/v1/night-audits/{day}");
        Ok(Answer::created(NightAuditView::from(audit)).location(place))
    };
    write.run(&db, &day, closing).await
}

/// Lists the days that were closed, the last one first.
#[utoipa::path(
    tag = "night audit",
    operation_id = "list_night_audits",
    params(CursorParams),
    responses((status = 200, description = "A page of days", body = CursorPage<NightAuditView>))
)]
#[get("/night-audits")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadAudits, OneProperty>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<NightAuditView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let days = queries::list(&mut tx, access.property.id, page.after()?, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(days, &page, |audit| audit.business_date)?;
    Ok(web::Json(page.map(NightAuditView::from)))
}

/// Shows what closing a day did.
#[utoipa::path(
    tag = "night audit",
    operation_id = "show_night_audit",
    params(("business_date" = String, Path, description = "The day: 2026-12-04", format = Date)),
    responses(
        (status = 200, description = "The day", body = NightAuditView),
        (status = 404, description = "That day was not closed"),
    )
)]
#[get("/night-audits/{business_date}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadAudits, OneProperty>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<NightAuditView>, Problem> {
    let missing = || Problem::not_found("night audit");
    let day: NaiveDate = path.parse().map_err(|_| missing())?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let audit = queries::find(&mut tx, access.property.id, day).await?;
    tx.commit().await.map_err(Problem::internal)?;
    audit
        .map(|audit| web::Json(audit.into()))
        .ok_or_else(missing)
}
