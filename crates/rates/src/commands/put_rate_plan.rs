use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_inventory::Put;
use motel_kernel::{PropertyId, RatePlanId};

use crate::queries::rate_plan_by_code;
use crate::schema::rate_plans as plans;
use crate::{RatePlan, RatePlanDetails, RatesError};

/// Makes the rate plan a property calls `details.code` be as described. The amounts of a derived plan are written by
/// [`put_group_rate`](crate::commands::put_group_rate) on its parent.
pub async fn put_rate_plan(
    tx: &mut TenantTx,
    property: PropertyId,
    details: RatePlanDetails,
) -> Result<Put<RatePlan>, RatesError> {
    let found = rate_plan_by_code(tx, property, &details.code).await?;
    let id = found.as_ref().map_or_else(RatePlanId::new, |plan| plan.id);
    let wanted = details.into_plan(id, property);
    if let Some(found) = found.filter(|found| *found == wanted) {
        return Ok(Put::unchanged(found));
    }
    let row = diesel::insert_into(plans::table)
        .values((plans::tenant_id.eq(tx.tenant()), &wanted))
        .on_conflict((plans::tenant_id, plans::property_id, plans::code))
        .do_update()
        .set(&wanted)
        .returning(RatePlan::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(Put::written(row))
}
