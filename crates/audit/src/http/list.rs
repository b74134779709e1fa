use actix_web::{get, web};
use motel_db::Db;
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem, ValidQuery};

use super::{AuditEntryView, FilterInput, RawAuditFilter};
use crate::queries;

/// Lists who changed what, the latest first. Names, addresses and secrets are not among it: an id says who.
#[utoipa::path(
    tag = "audit log",
    operation_id = "list_audit_entries",
    params(RawAuditFilter, CursorParams),
    responses((status = 200, description = "A page of entries", body = CursorPage<AuditEntryView>))
)]
#[get("/audit")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadAuditLog>,
    page: CursorQuery,
    ValidQuery(FilterInput(filter)): ValidQuery<FilterInput>,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<AuditEntryView>>, Problem> {
    let before = page.after()?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::entries(&mut tx, &filter, before, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let CursorPage { data, next_cursor } = CursorPage::cut(found, &page, |entry| entry.id)?;
    let data: Result<Vec<_>, _> = data.into_iter().map(AuditEntryView::new).collect();
    Ok(web::Json(CursorPage {
        data: data?,
        next_cursor,
    }))
}
