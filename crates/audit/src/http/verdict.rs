use actix_web::{get, web};
use motel_db::Db;
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Verdict, queries};

/// Whether the log is as it was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditVerdictView {
    /// Whether it is.
    holds: bool,
    /// The place of the last entry that is.
    sound_until: i64,
    /// The hash of the chain up to there: kept elsewhere, it proves later that nothing before it was rewritten.
    hash: String,
    /// Up to which place entries were removed, as they were kept long enough; 0 if none were.
    cut_until: i64,
    /// How many entries wait to be chained.
    waiting: i64,
    /// What is wrong first: `missing`, `changed`, `shortened`, `added`, `cut_by_nobody`, `stalled` (nothing is chained any more) or `no_head`.
    #[schema(required)]
    flaw: Option<&'static str>,
    /// The first place where something is.
    #[schema(required)]
    flaw_at: Option<i64>,
    /// The same in a sentence.
    #[schema(required)]
    detail: Option<String>,
}

impl From<Verdict> for AuditVerdictView {
    fn from(verdict: Verdict) -> Self {
        Self {
            holds: verdict.holds(),
            sound_until: verdict.sound_until,
            hash: verdict.hash.to_string(),
            cut_until: verdict.cut_until,
            waiting: verdict.waiting,
            flaw: verdict.flaw.map(|flaw| flaw.code()),
            flaw_at: verdict.flaw.and_then(|flaw| flaw.place()),
            detail: verdict.flaw.map(|flaw| flaw.to_string()),
        }
    }
}

/// Walks the chain of the log and says whether every entry is as it was written, or where the first one is that is not.
#[utoipa::path(
    tag = "audit log",
    operation_id = "verify_audit_log",
    responses(
        (status = 200, description = "What came of it", body = AuditVerdictView),
        (status = 409, description = "`verification_under_way`"),
    )
)]
#[get("/audit/verify")]
pub(crate) async fn verify(
    access: StaffAccess<may::ReadAuditLog>,
    db: web::Data<Db>,
) -> Result<web::Json<AuditVerdictView>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let verdict = queries::verify(&mut tx).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(verdict.into()))
}
