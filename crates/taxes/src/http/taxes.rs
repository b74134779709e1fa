use actix_web::{HttpResponse, delete, get, post, put, web};
use motel_db::{Db, TenantTx};
use motel_kernel::TaxId;
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem, ValidJson, etag};

use super::tax_body::{TaxBody, TaxInput, TaxView};
use crate::{TaxesError, commands, queries};

/// Lists the taxes of the property, the oldest first.
#[utoipa::path(
    tag = "taxes",
    operation_id = "list_taxes",
    params(CursorParams),
    responses((status = 200, description = "A page of taxes", body = CursorPage<TaxView>))
)]
#[get("/taxes")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadTaxes>,
    page: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<TaxView>>, Problem> {
    let after: Option<TaxId> = page.after()?;
    let tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let all = queries::taxes(&tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let fetched = usize::try_from(page.fetch()).map_err(Problem::internal)?;
    let rows = all
        .into_iter()
        .filter(|tax| after.is_none_or(|after| tax.id > after));
    let page = CursorPage::cut(rows.take(fetched).collect(), &page, |tax| tax.id)?;
    Ok(web::Json(page.map(TaxView::from)))
}

/// Shows a tax.
#[utoipa::path(
    tag = "taxes",
    operation_id = "show_tax",
    params(("id" = Uuid, Path, description = "Which tax")),
    responses((status = 200, description = "The tax, its version in `ETag`", body = TaxView))
)]
#[get("/taxes/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadTaxes>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::tax(&mut tx, access.property.id, id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let tax = found.ok_or_else(|| Problem::not_found("tax"))?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(tax.version))
        .json(TaxView::from(tax)))
}

/// Adds a tax. The first one takes the place of what stands in the property's settings.
#[utoipa::path(
    tag = "taxes",
    operation_id = "create_tax",
    params(WriteParams),
    request_body = TaxBody,
    responses(
        (status = 201, description = "Added", body = TaxView),
        (status = 409, description = "`unfit_levies`, `levy_overlaps`: it does not fit together with the others"),
    )
)]
#[post("/taxes")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteTaxes>,
    db: web::Data<Db>,
    ValidJson(TaxInput(details)): ValidJson<TaxInput>,
) -> Result<HttpResponse, Problem> {
    let digest = TaxBody::from(details.clone());
    write
        .run(&db, &digest, async |tx: &mut TenantTx| {
            let tax = commands::create_tax(tx, &write.property, details.clone()).await?;
            let (version, path) = (tax.version, format!("/api/v1/taxes/{}", tax.id));
            Ok(Answer::created(TaxView::from(tax))
                .version(version)
                .location(path))
        })
        .await
}

/// Describes a tax anew. What was booked before keeps its price.
#[utoipa::path(
    tag = "taxes",
    operation_id = "replace_tax",
    params(("id" = Uuid, Path, description = "Which tax"), VersionedWriteParams),
    request_body = TaxBody,
    responses(
        (status = 200, description = "As it is now", body = TaxView),
        (status = 409, description = "`unfit_levies`, `levy_overlaps`: it does not fit together with the others"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/taxes/{id}")]
pub(crate) async fn replace(
    write: StaffWrite<may::WriteTaxes>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(TaxInput(details)): ValidJson<TaxInput>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    let digest = TaxBody::from(details.clone());
    write
        .run(&db, &digest, async |tx: &mut TenantTx| {
            let details = details.clone();
            let tax = commands::replace_tax(tx, &write.property, id, details, version).await?;
            let version = tax.version;
            Ok(Answer::ok(TaxView::from(tax)).version(version))
        })
        .await
}

/// Takes a tax away. What was booked before keeps its price.
#[utoipa::path(
    tag = "taxes",
    operation_id = "delete_tax",
    params(("id" = Uuid, Path, description = "Which tax"), VersionedWriteParams),
    responses(
        (status = 204, description = "It is gone"),
        (status = 409, description = "`unfit_levies`: another one is reckoned on it"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[delete("/taxes/{id}")]
pub(crate) async fn delete(
    write: StaffWrite<may::WriteTaxes>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            commands::delete_tax(tx, &write.property, id, version).await?;
            Ok(Answer::no_content())
        })
        .await
}

fn id(path: &str) -> Result<TaxId, Problem> {
    path.parse()
        .map_err(|_| TaxesError::NotFound { what: "tax" }.into())
}
