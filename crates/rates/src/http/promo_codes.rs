use actix_web::{HttpResponse, delete, get, post, put, web};
use motel_db::{Db, TenantTx};
use motel_kernel::PromoCodeId;
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem, ValidJson, etag};

use super::names::Names;
use super::page::page;
use super::promo_code_body::{PromoCodeBody, PromoCodeInput, PromoCodeView};
use crate::{commands, queries};

/// Lists the promo codes of the property, the oldest first.
#[utoipa::path(
    tag = "rates",
    operation_id = "list_promo_codes",
    params(CursorParams),
    responses((status = 200, description = "A page of promo codes", body = CursorPage<PromoCodeView>))
)]
#[get("/promo-codes")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadRates>,
    query: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<PromoCodeView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let all = queries::promo_codes(&tx, access.property.id).await?;
    let names = Names::of(&mut tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = page(all, &query, |one| one.id)?;
    Ok(web::Json(page.map(|one| PromoCodeView::new(one, &names))))
}

/// Shows a promo code.
#[utoipa::path(
    tag = "rates",
    operation_id = "show_promo_code",
    params(("id" = Uuid, Path, description = "Which promo code")),
    responses((status = 200, description = "The promo code, its version in `ETag`", body = PromoCodeView))
)]
#[get("/promo-codes/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::promo_code(&mut tx, access.property.id, id).await?;
    let names = Names::of(&mut tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let found = found.ok_or_else(|| Problem::not_found("promo code"))?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(found.version))
        .json(PromoCodeView::new(found, &names)))
}

/// Adds a promo code.
#[utoipa::path(
    tag = "rates",
    operation_id = "create_promo_code",
    params(WriteParams),
    request_body = PromoCodeBody,
    responses(
        (status = 201, description = "Added", body = PromoCodeView),
        (status = 409, description = "`code_taken`"),
    )
)]
#[post("/promo-codes")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteRates>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<PromoCodeInput>,
) -> Result<HttpResponse, Problem> {
    write
        .run(&db, &input.body, async |tx: &mut TenantTx| {
            let names = Names::of(tx, write.property.id).await?;
            let details = input.details(&names)?;
            let made = commands::create_promo_code(tx, write.property.id, details).await?;
            let path = format!("/api/v1/promo-codes/{}", made.id);
            Ok(Answer::created(PromoCodeView::new(made, &names))
                .version(1)
                .location(path))
        })
        .await
}

/// Describes a promo code anew. What was sold before keeps its price.
#[utoipa::path(
    tag = "rates",
    operation_id = "replace_promo_code",
    params(("id" = Uuid, Path, description = "Which promo code"), VersionedWriteParams),
    request_body = PromoCodeBody,
    responses(
        (status = 200, description = "As it is now", body = PromoCodeView),
        (status = 409, description = "`code_taken`"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/promo-codes/{id}")]
pub(crate) async fn replace(
    write: StaffWrite<may::WriteRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<PromoCodeInput>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &input.body, async |tx: &mut TenantTx| {
            let property = write.property.id;
            let names = Names::of(tx, property).await?;
            let details = input.details(&names)?;
            let now = commands::change_promo_code(tx, property, id, details, version).await?;
            let version = now.version;
            Ok(Answer::ok(PromoCodeView::new(now, &names)).version(version))
        })
        .await
}

/// Removes a promo code. What was sold before keeps its price.
#[utoipa::path(
    tag = "rates",
    operation_id = "delete_promo_code",
    params(("id" = Uuid, Path, description = "Which promo code"), VersionedWriteParams),
    responses(
        (status = 204, description = "It is gone"),
        (status = 409, description = "`in_use`: a booking uses it; say `active: false` instead"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[delete("/promo-codes/{id}")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            commands::remove_promo_code(tx, write.property.id, id, version).await?;
            Ok(Answer::no_content())
        })
        .await
}

fn id(path: &str) -> Result<PromoCodeId, Problem> {
    path.parse().map_err(|_| Problem::not_found("promo code"))
}
