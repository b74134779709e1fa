use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, RatePlanId};

use crate::schema::rate_plans as plans;
use crate::{RatePlan, RatesError};

/// The rate plans of a property by code.
pub async fn rate_plans(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<Vec<RatePlan>, RatesError> {
    let found = plans::table
        .filter(plans::tenant_id.eq(tx.tenant()))
        .filter(plans::property_id.eq(property))
        .order(plans::code)
        .select(RatePlan::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}

/// The rate plan a property calls `code`.
pub async fn rate_plan_by_code(
    tx: &mut TenantTx,
    property: PropertyId,
    code: &str,
) -> Result<Option<RatePlan>, RatesError> {
    let found = plans::table
        .filter(plans::tenant_id.eq(tx.tenant()))
        .filter(plans::property_id.eq(property))
        .filter(plans::code.eq(code))
        .select(RatePlan::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found)
}

/// The plans whose amounts are those of `parent` times something.
pub async fn derived_plans(
    tx: &mut TenantTx,
    parent: RatePlanId,
) -> Result<Vec<RatePlan>, RatesError> {
    let found = plans::table
        .filter(plans::tenant_id.eq(tx.tenant()))
        .filter(plans::derived_from.eq(parent))
        .order(plans::code)
        .select(RatePlan::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}
