use actix_web::{HttpResponse, delete, get, put, web};
use motel_db::{Db, TenantTx};
use motel_kernel::Money;
use motel_tenancy::http::{
    Answer, CurrentClock, StaffAccess, StaffWrite, VersionedWriteParams, WriteParams,
};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, MoneyView, Problem, ValidJson, etag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Budget, PlanDesk, PlansError, commands, queries};

/// The most a budget can be, in minor units.
const LARGEST: i64 = 100_000_000_000;

/// What is to be spent at most, as it comes in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBudget {
    /// In a period beyond the plan's price, in minor units of its currency.
    #[schema(minimum = 1, maximum = 100000000000_i64)]
    amount_minor: i64,
    /// Whether nothing metered is to be used any more when it is reached.
    hard_stop: bool,
}

/// The same, parsed.
pub(crate) struct BudgetInput {
    amount_minor: i64,
    hard_stop: bool,
}

impl Input for BudgetInput {
    type Raw = RawBudget;

    fn parse(raw: RawBudget) -> Result<Self, FieldErrors> {
        if !(1..=LARGEST).contains(&raw.amount_minor) {
            let reason = format_args!("must lie between 1 and {LARGEST}").to_string();
            return Err(FieldErrors::of("amount_minor", reason));
        }
        Ok(Self {
            amount_minor: raw.amount_minor,
            hard_stop: raw.hard_stop,
        })
    }
}

/// What is to be spent at most in a period beyond the plan's price.
#[derive(Debug, Serialize, ToSchema)]
pub struct BudgetView {
    /// How much. The owner is written to at 50, 80 and 100 % of it.
    amount: MoneyView,
    /// Whether nothing metered is to be used any more when it is reached.
    hard_stop: bool,
    /// Grows with every change.
    version: i32,
}

impl From<Budget> for BudgetView {
    fn from(budget: Budget) -> Self {
        Self {
            amount: budget.amount.into(),
            hard_stop: budget.hard_stop,
            version: budget.version,
        }
    }
}

/// Shows the budget.
#[utoipa::path(
    tag = "subscription",
    operation_id = "show_budget",
    responses(
        (status = 200, description = "The budget", body = BudgetView),
        (status = 404, description = "There is none"),
    )
)]
#[get("/budget")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadPlatformPlan>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let budget = queries::budget(&mut tx).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let budget = budget.ok_or(PlansError::NotFound("budget"))?;
    Ok(HttpResponse::Ok()
        .insert_header(etag(budget.version))
        .json(BudgetView::from(budget)))
}

/// Sets the budget, from the present period on. `If-Match` is needed only for not overwriting what somebody else set.
#[utoipa::path(
    tag = "subscription",
    operation_id = "put_budget",
    params(VersionedWriteParams),
    request_body = RawBudget,
    responses((status = 200, description = "The budget as it is now", body = BudgetView))
)]
#[put("/budget")]
pub(crate) async fn put(
    write: StaffWrite<may::WritePlatformPlan>,
    db: web::Data<Db>,
    desk: web::Data<PlanDesk>,
    clock: CurrentClock,
    ValidJson(wanted): ValidJson<BudgetInput>,
) -> Result<HttpResponse, Problem> {
    let subscription = desk.keep_subscription(write.tenant, clock.now()).await?;
    let amount = Money::new(wanted.amount_minor, subscription.terms.price.currency());
    let putting = async |tx: &mut TenantTx| {
        let set = commands::put_budget(tx, write.if_match(), amount, wanted.hard_stop).await?;
        Ok(Answer::ok(BudgetView::from(set)).version(set.version))
    };
    write
        .run(&db, &(wanted.amount_minor, wanted.hard_stop), putting)
        .await
}

/// Takes the budget away.
#[utoipa::path(
    tag = "subscription",
    operation_id = "remove_budget",
    params(WriteParams),
    responses(
        (status = 204, description = "There is none any more"),
        (status = 404, description = "There was none"),
    )
)]
#[delete("/budget")]
pub(crate) async fn remove(
    write: StaffWrite<may::WritePlatformPlan>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let removing = async |tx: &mut TenantTx| {
        commands::remove_budget(tx).await?;
        Ok(Answer::no_content())
    };
    write.run(&db, &(), removing).await
}
