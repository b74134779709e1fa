use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Money;

use crate::schema::budgets;
use crate::{Budget, PlansError, queries};

/// Sets the budget of the tenant's periods, from the present one on. What was told about a former budget in this period is not
/// told again.
///
/// # Errors
/// [`PlansError::Stale`]; [`PlansError::NotFound`] without a subscription.
pub async fn put_budget(
    tx: &mut TenantTx,
    expected: Option<i32>,
    amount: Money,
    hard_stop: bool,
) -> Result<Budget, PlansError> {
    queries::lock(tx).await?;
    let known = queries::budget(tx).await?;
    let version = known.map(|budget| budget.version);
    if expected.is_some() && expected != version {
        return Err(PlansError::Stale);
    }
    let budget = Budget {
        amount,
        hard_stop,
        version: version.unwrap_or(0) + 1,
    };
    let values = (
        budgets::amount_minor.eq(amount.minor()),
        budgets::currency.eq(amount.currency().code()),
        budgets::hard_stop.eq(hard_stop),
        budgets::version.eq(budget.version),
    );
    diesel::insert_into(budgets::table)
        .values((budgets::tenant_id.eq(tx.tenant()), values))
        .on_conflict(budgets::tenant_id)
        .do_update()
        .set(values)
        .execute(tx.conn())
        .await?;
    Ok(budget)
}

/// Takes the budget away; there is no end to what may be used then.
///
/// # Errors
/// [`PlansError::NotFound`] when there is none.
pub async fn remove_budget(tx: &mut TenantTx) -> Result<(), PlansError> {
    let removed = diesel::delete(budgets::table.find(tx.tenant()))
        .execute(tx.conn())
        .await?;
    match removed {
        0 => Err(PlansError::NotFound("budget")),
        _ => Ok(()),
    }
}
