use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;

use crate::model::PlanRow;
use crate::schema::plans;
use crate::{Plan, PlansError};

/// The plans that are offered, in their order. They are the operator's, so it takes work across tenants to read them.
///
/// # Errors
/// The database failed, or holds terms that cannot be read.
pub async fn offered_plans(tx: &mut PlatformTx) -> Result<Vec<Plan>, PlansError> {
    let rows: Vec<PlanRow> = plans::table
        .filter(plans::offered)
        .order(plans::position)
        .select(PlanRow::as_select())
        .load(tx.conn())
        .await?;
    rows.into_iter().map(Plan::try_from).collect()
}

/// The plan of a code, if it is offered.
///
/// # Errors
/// As [`offered_plans`].
pub async fn offered_plan(tx: &mut PlatformTx, code: &str) -> Result<Option<Plan>, PlansError> {
    let mut plans = offered_plans(tx).await?;
    let found = plans.iter().position(|plan| plan.code == code);
    Ok(found.map(|place| plans.swap_remove(place)))
}

/// The plan everybody begins with.
///
/// # Errors
/// As [`offered_plans`]; nothing is offered.
pub async fn default_plan(tx: &mut PlatformTx) -> Result<Plan, PlansError> {
    let first = offered_plans(tx).await?.into_iter().next();
    first.ok_or(PlansError::NotFound("plan"))
}
