use actix_web::{HttpResponse, delete, get, put, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::StaffId;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::sessions::member;
use super::{Answer, StaffAccess, StaffWrite, WriteParams};
use crate::may;
use crate::support::{
    SupportAccess, SupportHours, SupportVisit, let_support_in, support_access, support_visits,
    turn_support_out,
};

/// For how long, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSupportAccess {
    /// From now on: 1 to 72.
    #[schema(minimum = 1, maximum = 72)]
    hours: u8,
}

/// The same, parsed.
pub(crate) struct SupportInput(SupportHours);

impl Input for SupportInput {
    type Raw = RawSupportAccess;

    fn parse(raw: RawSupportAccess) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let hours = SupportHours::new(raw.hours).ok_or("must be 1 to 72");
        errors.check("hours", hours).map(Self).ok_or(errors)
    }
}

/// Whether whoever runs the installation may come, and who came.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportView {
    /// Until when they may; `null` while they may not.
    #[schema(required)]
    open: Option<SupportAccessView>,
    /// The last first; a hundred at most.
    visits: Vec<SupportVisitView>,
}

/// Support may come.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportAccessView {
    /// Who lets them in.
    #[schema(value_type = Uuid)]
    opened_by: StaffId,
    /// Since when.
    opened_at: DateTime<Utc>,
    /// Until when.
    ends_at: DateTime<Utc>,
}

impl From<SupportAccess> for SupportAccessView {
    fn from(access: SupportAccess) -> Self {
        Self {
            opened_by: access.opened_by,
            opened_at: access.opened_at,
            ends_at: access.ends_at,
        }
    }
}

/// Somebody of support came.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportVisitView {
    /// As which member of the team.
    #[schema(value_type = Uuid)]
    member_id: StaffId,
    /// Who.
    visitor: String,
    /// What for.
    reason: String,
    /// When.
    visited_at: DateTime<Utc>,
}

impl From<SupportVisit> for SupportVisitView {
    fn from(visit: SupportVisit) -> Self {
        Self {
            member_id: visit.staff_id,
            visitor: visit.visitor,
            reason: visit.reason.as_str().to_owned(),
            visited_at: visit.visited_at,
        }
    }
}

/// Tells whether support may come, and who came.
#[utoipa::path(
    tag = "team",
    operation_id = "show_support_access",
    responses((status = 200, description = "How it stands", body = SupportView))
)]
#[get("/support-access")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadTeam>,
    db: web::Data<Db>,
) -> Result<web::Json<SupportView>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let open = support_access(&mut tx).await?;
    let visits = support_visits(&mut tx).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(SupportView {
        open: open.map(SupportAccessView::from),
        visits: visits.into_iter().map(SupportVisitView::from).collect(),
    }))
}

/// Lets support in for some hours from now on. Who comes has the rights of the front desk.
#[utoipa::path(
    tag = "team",
    operation_id = "let_support_in",
    request_body = RawSupportAccess,
    params(WriteParams),
    responses(
        (status = 200, description = "They may come", body = SupportAccessView),
        (status = 403, description = "`staff_only`"),
    )
)]
#[put("/support-access")]
pub(crate) async fn let_in(
    write: StaffWrite<may::WriteTeam>,
    db: web::Data<Db>,
    ValidJson(SupportInput(hours)): ValidJson<SupportInput>,
) -> Result<HttpResponse, Problem> {
    let by = member(&write)?;
    let opening = async |tx: &mut TenantTx| {
        let access = let_support_in(tx, by, hours).await?;
        Ok(Answer::ok(SupportAccessView::from(access)))
    };
    write.run(&db, &hours, opening).await
}

/// Takes the access back: whoever of support is in is out at once.
#[utoipa::path(
    tag = "team",
    operation_id = "turn_support_out",
    params(WriteParams),
    responses(
        (status = 204, description = "Nobody is in"),
        (status = 403, description = "`staff_only`"),
    )
)]
#[delete("/support-access")]
pub(crate) async fn turn_out(
    write: StaffWrite<may::WriteTeam>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    member(&write)?;
    let closing = async |tx: &mut TenantTx| {
        turn_support_out(tx).await?;
        Ok(Answer::no_content())
    };
    write.run(&db, &(), closing).await
}
