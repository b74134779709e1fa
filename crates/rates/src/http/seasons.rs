use actix_web::{HttpResponse, delete, get, post, put, web};
use motel_db::{Db, TenantTx};
use motel_kernel::SeasonId;
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem, ValidJson, etag};

use super::names::Names;
use super::page::page;
use super::season_body::{SeasonBody, SeasonInput, SeasonView};
use crate::{commands, queries};

/// Lists the seasons of the property, the oldest first.
#[utoipa::path(
    tag = "rates",
    operation_id = "list_seasons",
    params(CursorParams),
    responses((status = 200, description = "A page of seasons", body = CursorPage<SeasonView>))
)]
#[get("/seasons")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadRates>,
    query: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<SeasonView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let all = queries::seasons(&tx, access.property.id).await?;
    let names = Names::of(&mut tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = page(all, &query, |one| one.id)?;
    Ok(web::Json(page.map(|one| SeasonView::new(one, &names))))
}

/// Shows a season.
#[utoipa::path(
    tag = "rates",
    operation_id = "show_season",
    params(("id" = Uuid, Path, description = "Which season")),
    responses((status = 200, description = "The season, its version in `ETag`", body = SeasonView))
)]
#[get("/seasons/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::season(&mut tx, access.property.id, id).await?;
    let names = Names::of(&mut tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let found = found.ok_or_else(|| Problem::not_found("season"))?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(found.version))
        .json(SeasonView::new(found, &names)))
}

/// Adds a season.
#[utoipa::path(
    tag = "rates",
    operation_id = "create_season",
    params(WriteParams),
    request_body = SeasonBody,
    responses(
        (status = 201, description = "Added", body = SeasonView),
        (status = 409, description = "`code_taken`"),
    )
)]
#[post("/seasons")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteRates>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<SeasonInput>,
) -> Result<HttpResponse, Problem> {
    write
        .run(&db, &input.body, async |tx: &mut TenantTx| {
            let names = Names::of(tx, write.property.id).await?;
            let details = input.details(&names)?;
            let made = commands::create_season(tx, write.property.id, details).await?;
            let path = format!("/api/v1/seasons/{}", made.id);
            Ok(Answer::created(SeasonView::new(made, &names))
                .version(1)
                .location(path))
        })
        .await
}

/// Describes a season anew. What was sold before keeps its price.
#[utoipa::path(
    tag = "rates",
    operation_id = "replace_season",
    params(("id" = Uuid, Path, description = "Which season"), VersionedWriteParams),
    request_body = SeasonBody,
    responses(
        (status = 200, description = "As it is now", body = SeasonView),
        (status = 409, description = "`code_taken`"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/seasons/{id}")]
pub(crate) async fn replace(
    write: StaffWrite<may::WriteRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<SeasonInput>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &input.body, async |tx: &mut TenantTx| {
            let property = write.property.id;
            let names = Names::of(tx, property).await?;
            let details = input.details(&names)?;
            let now = commands::change_season(tx, property, id, details, version).await?;
            let version = now.version;
            Ok(Answer::ok(SeasonView::new(now, &names)).version(version))
        })
        .await
}

/// Removes a season. What was sold before keeps its price.
#[utoipa::path(
    tag = "rates",
    operation_id = "delete_season",
    params(("id" = Uuid, Path, description = "Which season"), VersionedWriteParams),
    responses(
        (status = 204, description = "It is gone"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[delete("/seasons/{id}")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            commands::remove_season(tx, write.property.id, id, version).await?;
            Ok(Answer::no_content())
        })
        .await
}

fn id(path: &str) -> Result<SeasonId, Problem> {
    path.parse().map_err(|_| Problem::not_found("season"))
}
