use actix_web::{HttpResponse, delete, get, post, put, web};
use motel_db::{Db, TenantTx};
use motel_kernel::{CancellationPolicyId, PropertyId};
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams};
use motel_tenancy::may;
use motel_web::{CursorPage, CursorParams, CursorQuery, Problem, ValidJson, etag};

use super::cancellation_policy_body::{
    CancellationPolicyBody, CancellationPolicyInput, CancellationPolicyView,
};
use super::names::Names;
use super::page::page;
use crate::{CancellationPolicy, commands, queries};

/// Lists the cancellation policies of the property, the oldest first. What stands in the property's settings is none of
/// them.
#[utoipa::path(
    tag = "rates",
    operation_id = "list_cancellation_policies",
    params(CursorParams),
    responses((status = 200, description = "A page of policies", body = CursorPage<CancellationPolicyView>))
)]
#[get("/cancellation-policies")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadRates>,
    query: CursorQuery,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<CancellationPolicyView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let all = queries::cancellation_policies(&mut tx, access.property.id).await?;
    let plans = Plans::of(&mut tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = page(all, &query, |one| one.id)?;
    Ok(web::Json(page.map(|one| plans.view(one))))
}

/// Shows a cancellation policy.
#[utoipa::path(
    tag = "rates",
    operation_id = "show_cancellation_policy",
    params(("id" = Uuid, Path, description = "Which policy")),
    responses((status = 200, description = "The policy, its version in `ETag`", body = CancellationPolicyView))
)]
#[get("/cancellation-policies/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let found = queries::cancellation_policy(&mut tx, access.property.id, id).await?;
    let plans = Plans::of(&mut tx, access.property.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let found = found.ok_or_else(|| Problem::not_found("cancellation policy"))?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(found.version))
        .json(plans.view(found)))
}

/// Adds a cancellation policy.
#[utoipa::path(
    tag = "rates",
    operation_id = "create_cancellation_policy",
    params(WriteParams),
    request_body = CancellationPolicyBody,
    responses(
        (status = 201, description = "Added", body = CancellationPolicyView),
        (status = 409, description = "`code_taken`"),
    )
)]
#[post("/cancellation-policies")]
pub(crate) async fn create(
    write: StaffWrite<may::WriteRates>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<CancellationPolicyInput>,
) -> Result<HttpResponse, Problem> {
    write
        .run(&db, &input.0, async |tx: &mut TenantTx| {
            let property = write.property.id;
            let plans = input.plans(&Names::of(tx, property).await?)?;
            let made =
                commands::create_cancellation_policy(tx, property, input.details(), &plans).await?;
            let path = format!("/api/v1/cancellation-policies/{}", made.id);
            let view = Plans::of(tx, property).await?.view(made);
            Ok(Answer::created(view).version(1).location(path))
        })
        .await
}

/// Describes a cancellation policy anew. What was booked before keeps its terms.
#[utoipa::path(
    tag = "rates",
    operation_id = "replace_cancellation_policy",
    params(("id" = Uuid, Path, description = "Which policy"), VersionedWriteParams),
    request_body = CancellationPolicyBody,
    responses(
        (status = 200, description = "As it is now", body = CancellationPolicyView),
        (status = 409, description = "`code_taken`"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/cancellation-policies/{id}")]
pub(crate) async fn replace(
    write: StaffWrite<may::WriteRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(input): ValidJson<CancellationPolicyInput>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &input.0, async |tx: &mut TenantTx| {
            let property = write.property.id;
            let plans = input.plans(&Names::of(tx, property).await?)?;
            let details = input.details();
            let now =
                commands::change_cancellation_policy(tx, property, id, details, &plans, version)
                    .await?;
            let version = now.version;
            let view = Plans::of(tx, property).await?.view(now);
            Ok(Answer::ok(view).version(version))
        })
        .await
}

/// Removes a cancellation policy. The plans that named it go by the property's settings; what was booked keeps its terms.
#[utoipa::path(
    tag = "rates",
    operation_id = "delete_cancellation_policy",
    params(("id" = Uuid, Path, description = "Which policy"), VersionedWriteParams),
    responses(
        (status = 204, description = "It is gone"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[delete("/cancellation-policies/{id}")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteRates>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let version = Some(write.require_version()?);
    write
        .run(&db, &(), async |tx: &mut TenantTx| {
            commands::remove_cancellation_policy(tx, write.property.id, id, version).await?;
            Ok(Answer::no_content())
        })
        .await
}

/// The codes of the plans that name each policy.
struct Plans(Vec<(CancellationPolicyId, String)>);

impl Plans {
    async fn of(tx: &mut TenantTx, property: PropertyId) -> Result<Self, Problem> {
        let names = Names::of(tx, property).await?;
        let named = queries::plans_by_policy(tx, property).await?;
        let named = named.into_iter();
        Ok(Self(
            named
                .map(|(policy, plan)| (policy, names.plan_code(plan)))
                .collect(),
        ))
    }

    fn view(&self, policy: CancellationPolicy) -> CancellationPolicyView {
        let plans = self.0.iter().filter(|(id, _)| *id == policy.id);
        let plans = plans.map(|(_, code)| code.clone()).collect();
        CancellationPolicyView::new(policy, plans)
    }
}

fn id(path: &str) -> Result<CancellationPolicyId, Problem> {
    path.parse()
        .map_err(|_| Problem::not_found("cancellation policy"))
}
