use actix_web::{HttpResponse, delete, get, post, put, web};
use motel_db::{Db, TenantTx};
use motel_kernel::FeeId;
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem, ValidJson, etag};

use super::fee_body::{FeeBody, FeeInput, FeeView};
use crate::{TaxesError, commands, queries};

/// Lists the fees of the property, the oldest first.
#[utoipa::path(
    tag = "taxes",
    operation_id = "list_fees",
    params(CursorParams),
    responses((status = 200, description = "A page of fees", body = CursorPage<FeeView>))
)]
#[get("/fees")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadTaxes>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<FeeView>>, Problem> {
    let after: Option<FeeId> = page.after()?;
    let tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let all = queries::fees(&tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let fetched = usize::try_from(page.fetch()).map_err(Problem::internal)?;
    let rows = all
        .into_iter()
        .filter(|fee| after.is_none_or(|after| fee.id > after));
    let page = CursorPage::cut(rows.take(fetched).collect(), &page, |fee| fee.id)?;
    Ok(web::Json(page.map(FeeView::from)))
}

/// Shows a fee.
#[utoipa::path(
    tag = "taxes",
    operation_id = "show_fee",
    params(("id" = Uuid, Path, description = "Which fee")),
    responses((status = 200, description = "The fee, its version in `ETag`", body = FeeView))
)]
#[get("/fees/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadTaxes>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::fee(&mut tx, access.property.id, id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let fee = found.ok_or_else(|| Problem::not_found("fee"))?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(fee.version))
        .json(FeeView::from(fee)))
}

/// Adds a fee. The first one takes the place of what stands in the property's settings.
#[utoipa::path(
    tag = "taxes",
    operation_id = "create_fee",
    params(WriteParams),
    request_body = FeeBody,
    responses(
        (status = 201, description = "Added", body = FeeView),
        (status = 409, description = "`unfit_levies`, `levy_overlaps`: it does not fit together with the others"),
    )
)]
#[post("/fees")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteTaxes>,
    db: web::Data<Db>,
    ValidJson(FeeInput(details)): ValidJson<FeeInput>,
) -> Result<HttpResponse, Problem> {
    let digest = FeeBody::from(details.clone());
    write
        .run(&db, &digest, async |tx: &mut TenantTx| {
            let fee = commands::create_fee(tx, &write.property, details.clone()).await?;
            let (version, path) = (fee.version, format!("/api/v1/fees/{}", fee.id));
            Ok(Answer::created(FeeView::from(fee))
                .version(version)
                .location(path))
        })
        .await
}

/// Describes a fee anew. What was booked before keeps its price.
#[utoipa::path(
    tag = "taxes",
    operation_id = "replace_fee",
    params(("id" = Uuid, Path, description = "Which fee"), VersionedWriteParams),
    request_body = FeeBody,
    responses(
        (status = 200, description = "As it is now", body = FeeView),
        (status = 409, description = "`unfit_levies`, `levy_overlaps`: it does not fit together with the others"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/fees/{id}")]
pub(crate) async fn replace(
    write: StaffWrite<may::WriteTaxes>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(FeeInput(details)): ValidJson<FeeInput>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    let digest = FeeBody::from(details.clone());
    write
        .run(&db, &digest, async |tx: &mut TenantTx| {
            let details = details.clone();
            let fee = commands::replace_fee(tx, &write.property, id, details, version).await?;
            let version = fee.version;
            Ok(Answer::ok(FeeView::from(fee)).version(version))
        })
        .await
}

/// Takes a fee away. What was booked before keeps its price.
#[utoipa::path(
    tag = "taxes",
    operation_id = "delete_fee",
    params(("id" = Uuid, Path, description = "Which fee"), VersionedWriteParams),
    responses(
        (status = 204, description = "It is gone"),
        (status = 409, description = "`unfit_levies`: another one is reckoned on it"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[delete("/fees/{id}")]
pub(crate) async fn delete(
    write: StaffWrite<may::WriteTaxes>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            commands::delete_fee(tx, &write.property, id, version).await?;
            Ok(Answer::no_content())
        })
        .await
}

fn id(path: &str) -> Result<FeeId, Problem> {
    path.parse()
        .map_err(|_| TaxesError::NotFound { what: "fee" }.into())
}
