use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, RatePlanId};

use crate::model::RatePlanRow;
use crate::schema::rate_plans as plans;
use crate::{RatePlan, RatesError};

/// The rate plans of a property in the order they are shown, those off sale among them.
pub async fn rate_plans(tx: &TenantTx, property: PropertyId) -> Result<Vec<RatePlan>, RatesError> {
    let rows: Vec<RatePlanRow> = plans::table
        .filter(plans::tenant_id.eq(tx.tenant()))
        .filter(plans::property_id.eq(property))
        .order((plans::sort, plans::code))
        .select(RatePlanRow::as_select())
        .load(&mut tx.reading())
        .await?;
    let plans = rows.into_iter().map(RatePlan::try_from);
    Ok(plans.collect::<Result<_, _>>()?)
}

/// The rate plan a property calls `code`.
pub async fn rate_plan_by_code(
    tx: &mut TenantTx,
    property: PropertyId,
    code: &str,
) -> Result<Option<RatePlan>, RatesError> {
    let found: Option<RatePlanRow> = plans::table
        .filter(plans::tenant_id.eq(tx.tenant()))
        .filter(plans::property_id.eq(property))
        .filter(plans::code.eq(code))
        .select(RatePlanRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found.map(RatePlan::try_from).transpose()?)
}

/// A rate plan of a property.
pub async fn rate_plan(
    tx: &mut TenantTx,
    property: PropertyId,
    id: RatePlanId,
) -> Result<Option<RatePlan>, RatesError> {
    let found: Option<RatePlanRow> = plans::table
        .filter(plans::tenant_id.eq(tx.tenant()))
        .filter(plans::property_id.eq(property))
        .filter(plans::id.eq(id))
        .select(RatePlanRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found.map(RatePlan::try_from).transpose()?)
}
