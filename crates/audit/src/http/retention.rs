use actix_web::{HttpResponse, get, put, web};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Days, commands, queries};

/// For how long entries are to be kept, as it comes in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAuditRetention {
    /// For so many days.
    #[schema(minimum = 90, maximum = 3650)]
    days: i64,
}

/// The same, parsed.
pub(crate) struct RetentionInput(Days);

impl Input for RetentionInput {
    type Raw = RawAuditRetention;

    fn parse(raw: RawAuditRetention) -> Result<Self, FieldErrors> {
        let days = Days::new(raw.days).map(Self);
        days.ok_or_else(|| FieldErrors::of("days", Days::RANGE))
    }
}

/// For how long entries are kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditRetentionView {
    /// For so many days; older ones are removed within the hour.
    days: i32,
}

/// Shows for how long entries of the audit log are kept.
#[utoipa::path(
    tag = "audit log",
    operation_id = "show_audit_retention",
    responses((status = 200, description = "For how long", body = AuditRetentionView))
)]
#[get("/audit/retention")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadAuditLog>,
    db: web::Data<Db>,
) -> Result<web::Json<AuditRetentionView>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let days = queries::kept_for(&mut tx).await?.get();
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(AuditRetentionView { days }))
}

/// Says for how long entries of the audit log are kept, from 90 days to ten years. The log says who said so.
#[utoipa::path(
    tag = "audit log",
    operation_id = "change_audit_retention",
    params(WriteParams),
    request_body = RawAuditRetention,
    responses((status = 200, description = "For how long now", body = AuditRetentionView))
)]
#[put("/audit/retention")]
pub(crate) async fn change(
    write: StaffWrite<may::WriteAuditLog>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(RetentionInput(days)): ValidJson<RetentionInput>,
) -> Result<HttpResponse, Problem> {
    let now = clock.now();
    let keeping = async |tx: &mut TenantTx| {
        commands::keep_for(tx, days, now).await?;
        Ok(Answer::ok(AuditRetentionView { days: days.get() }))
    };
    write.run(&db, &days.get(), keeping).await
}
