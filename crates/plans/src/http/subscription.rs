use actix_web::{HttpResponse, get, post, put, web};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, VersionedWriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ValidJson, etag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::subscription_view::{ChangedPlanView, SubscriptionView};
use crate::{Plan, PlanDesk, commands, queries};

/// Which plan is wanted, as it comes in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPlanChange {
    /// The plan's code.
    #[schema(min_length = 1, max_length = 40)]
    plan: String,
}

/// The same, parsed; whether it is on offer is not a question of its form.
pub(crate) struct PlanChange {
    plan: String,
}

impl Input for PlanChange {
    type Raw = RawPlanChange;

    fn parse(raw: RawPlanChange) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let plan = errors.text("plan", &raw.plan, 1..=40);
        plan.map(|plan| Self { plan }).ok_or(errors)
    }
}

/// Shows what the business subscribed to, and what is used of it.
#[utoipa::path(
    tag = "subscription",
    operation_id = "show_subscription",
    responses((status = 200, description = "The subscription", body = SubscriptionView))
)]
#[get("/subscription")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadPlatformPlan>,
    db: web::Data<Db>,
    desk: web::Data<PlanDesk>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let subscription = desk.keep_subscription(access.tenant, clock.now()).await?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let view = SubscriptionView::of(&mut tx, subscription).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(view.version))
        .json(view))
}

/// Changes the plan at once. The rest of the period is reckoned to the second and stands on the next statement; `dry_run=true` shows
/// what it comes to.
#[utoipa::path(
    tag = "subscription",
    operation_id = "change_plan",
    params(VersionedWriteParams),
    request_body = RawPlanChange,
    responses(
        (status = 200, description = "The subscription as it is now", body = ChangedPlanView),
        (status = 409, description = "`same_plan`, `above_limit` or `wrong_subscription_status`"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[put("/subscription")]
pub(crate) async fn change(
    write: StaffWrite<may::WritePlatformPlan>,
    db: web::Data<Db>,
    desk: web::Data<PlanDesk>,
    clock: CurrentClock,
    ValidJson(wanted): ValidJson<PlanChange>,
) -> Result<HttpResponse, Problem> {
    let expected = write.require_version()?;
    let now = clock.now();
    desk.keep_subscription(write.tenant, now).await?;
    let plan = offered(&db, &wanted.plan).await?;
    let changing = async |tx: &mut TenantTx| {
        let changed = commands::change_plan(tx, expected, &plan, now).await?;
        let view = ChangedPlanView {
            proration: changed.proration.into(),
            subscription: SubscriptionView::of(tx, changed.subscription).await?,
        };
        let version = view.subscription.version;
        Ok(Answer::ok(view).version(version))
    };
    write.run(&db, &wanted.plan, changing).await
}

/// Has the subscription end with its period.
#[utoipa::path(
    tag = "subscription",
    operation_id = "cancel_subscription",
    params(VersionedWriteParams),
    responses(
        (status = 200, description = "The subscription as it is now", body = SubscriptionView),
        (status = 409, description = "`wrong_subscription_status`"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[post("/subscription/actions/cancel")]
pub(crate) async fn cancel(
    write: StaffWrite<may::WritePlatformPlan>,
    db: web::Data<Db>,
    desk: web::Data<PlanDesk>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let expected = write.require_version()?;
    desk.keep_subscription(write.tenant, clock.now()).await?;
    let cancelling = async |tx: &mut TenantTx| {
        let subscription = commands::cancel(tx, expected).await?;
        answer(SubscriptionView::of(tx, subscription).await?)
    };
    write.run(&db, &(), cancelling).await
}

/// Has a subscription go on that was to end. One that has ended begins anew and is billed for a month at once.
#[utoipa::path(
    tag = "subscription",
    operation_id = "resume_subscription",
    params(VersionedWriteParams),
    responses(
        (status = 200, description = "The subscription as it is now", body = SubscriptionView),
        (status = 409, description = "`wrong_subscription_status`; `statement_overdue`: one that has ended begins anew when that is paid"),
        (status = 428, description = "`if_match_required`"),
    )
)]
#[post("/subscription/actions/resume")]
pub(crate) async fn resume(
    write: StaffWrite<may::WritePlatformPlan>,
    db: web::Data<Db>,
    desk: web::Data<PlanDesk>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let expected = write.require_version()?;
    let now = clock.now();
    desk.keep_subscription(write.tenant, now).await?;
    let resuming = async |tx: &mut TenantTx| {
        let subscription = commands::resume(tx, expected, now).await?;
        answer(SubscriptionView::of(tx, subscription).await?)
    };
    write.run(&db, &(), resuming).await
}

fn answer(view: SubscriptionView) -> Result<Answer<SubscriptionView>, Problem> {
    let version = view.version;
    Ok(Answer::ok(view).version(version))
}

/// Plans are the operator's, so they are read before the tenant's transaction begins.
async fn offered(db: &Db, code: &str) -> Result<Plan, Problem> {
    let tx = db.platform("find the plan that is wanted").await;
    let mut tx = tx.map_err(Problem::internal)?;
    let plan = queries::offered_plan(&mut tx, code).await?;
    tx.commit().await.map_err(Problem::internal)?;
    plan.ok_or_else(|| Problem::invalid("plan", "is none that is offered"))
}
