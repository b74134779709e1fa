use actix_web::{HttpResponse, delete, get, post, put, web};
use motel_db::{Db, TenantTx};
use motel_kernel::RatePlanId;
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem, ValidJson, etag};

use super::names::Names;
use super::page::page;
use super::rate_plan_body::{RatePlanBody, RatePlanInput, RatePlanView};
use crate::{commands, queries};

/// Lists the rate plans of the property, the oldest first.
#[utoipa::path(
    tag = "rates",
    operation_id = "list_rate_plans",
    params(CursorParams),
    responses((status = 200, description = "A page of rate plans", body = CursorPage<RatePlanView>))
)]
#[get("/rate-plans")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadRates>,
    query: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<RatePlanView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let plans = queries::rate_plans(&tx, access.property.id).await?;
    let names = Names::with(&mut tx, access.property.id, &plans).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = page(plans, &query, |plan| plan.id)?;
    Ok(web::Json(page.map(|plan| RatePlanView::new(plan, &names))))
}

/// Shows a rate plan.
#[utoipa::path(
    tag = "rates",
    operation_id = "show_rate_plan",
    params(("id" = Uuid, Path, description = "Which rate plan")),
    responses((status = 200, description = "The plan, its version in `ETag`", body = RatePlanView))
)]
#[get("/rate-plans/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let plan = queries::rate_plan(&mut tx, access.property.id, id).await?;
    let names = Names::of(&mut tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let plan = plan.ok_or_else(|| Problem::not_found("rate plan"))?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(plan.version))
        .json(RatePlanView::new(plan, &names)))
}

/// Adds a rate plan.
#[utoipa::path(
    tag = "rates",
    operation_id = "create_rate_plan",
    params(WriteParams),
    request_body = RatePlanBody,
    responses(
        (status = 201, description = "Added", body = RatePlanView),
        (status = 409, description = "`code_taken`; `derivation_cycle`, `derivation_too_deep`: plans cannot be derived like that"),
    )
)]
#[post("/rate-plans")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteRates>,
    db: web::Data<Db>,
    ValidJson(RatePlanInput { body }): ValidJson<RatePlanInput>,
) -> Result<HttpResponse, Problem> {
    write
        .run(&db, &body, async |tx: &mut TenantTx| {
            let names = Names::of(tx, write.property.id).await?;
            let details = body.clone().details(&names)?;
            let plan = commands::create_rate_plan(tx, write.property.id, details).await?;
            let path = format!("/api/v1/rate-plans/{}", plan.id);
            Ok(Answer::created(RatePlanView::new(plan, &names))
                .version(1)
                .location(path))
        })
        .await
}

/// Describes a rate plan anew. What was sold under it keeps its price. A plan that becomes a derived one loses its base prices.
#[utoipa::path(
    tag = "rates",
    operation_id = "replace_rate_plan",
    params(("id" = Uuid, Path, description = "Which rate plan"), VersionedWriteParams),
    request_body = RatePlanBody,
    responses(
        (status = 200, description = "As it is now", body = RatePlanView),
        (status = 409, description = "`code_taken`; `derivation_cycle`, `derivation_too_deep`: plans cannot be derived like that"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/rate-plans/{id}")]
pub(crate) async fn replace(
    write: StaffWrite<may::WriteRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(RatePlanInput { body }): ValidJson<RatePlanInput>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &body, async |tx: &mut TenantTx| {
            let property = write.property.id;
            let names = Names::of(tx, property).await?;
            let details = body.clone().details(&names)?;
            let plan = commands::change_rate_plan(tx, property, id, details, version).await?;
            let version = plan.version;
            Ok(Answer::ok(RatePlanView::new(plan, &names)).version(version))
        })
        .await
}

/// Removes a rate plan with its prices, seasons and restrictions. What was sold under it keeps its price.
#[utoipa::path(
    tag = "rates",
    operation_id = "delete_rate_plan",
    params(("id" = Uuid, Path, description = "Which rate plan"), VersionedWriteParams),
    responses(
        (status = 204, description = "It is gone"),
        (status = 409, description = "`in_use`: another plan is derived from it"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[delete("/rate-plans/{id}")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            commands::remove_rate_plan(tx, write.property.id, id, version).await?;
            Ok(Answer::no_content())
        })
        .await
}

pub(super) fn id(path: &str) -> Result<RatePlanId, Problem> {
    path.parse().map_err(|_| Problem::not_found("rate plan"))
}
