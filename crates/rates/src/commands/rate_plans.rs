use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_inventory::Put;
use motel_kernel::{PropertyId, RatePlanId};

use super::refusal::{refusal, same_version};
use crate::model::RatePlanRow;
use crate::queries::{rate_plan, rate_plan_by_code, rate_plans};
use crate::rules::{Descent, lineages};
use crate::schema::{base_prices, rate_plans as plans, restrictions, seasons};
use crate::{RatePlan, RatePlanDetails, RatesError};

/// Makes a rate plan.
///
/// # Errors
/// [`RatesError::CodeTaken`], [`RatesError::Derivation`]
pub async fn create_rate_plan(
    tx: &mut TenantTx,
    property: PropertyId,
    details: RatePlanDetails,
) -> Result<RatePlan, RatesError> {
    lock_plans(tx, property).await?;
    let plan = RatePlan {
        id: RatePlanId::new(),
        property_id: property,
        details,
        version: 1,
    };
    check_lineage(tx, &plan).await?;
    let row = RatePlanRow::new(tx.tenant(), &plan)?;
    diesel::insert_into(plans::table)
        .values(row)
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, "rate plan", &plan.details.code))?;
    Ok(plan)
}

/// Makes a rate plan say something else. With `expected` only if that is still its version.
///
/// # Errors
/// [`RatesError::Unknown`], [`RatesError::Stale`], and as for [`create_rate_plan`]. A plan that becomes a derived one
/// loses its base prices.
pub async fn change_rate_plan(
    tx: &mut TenantTx,
    property: PropertyId,
    id: RatePlanId,
    details: RatePlanDetails,
    expected: Option<i32>,
) -> Result<RatePlan, RatesError> {
    lock_plans(tx, property).await?;
    let found = rate_plan(tx, property, id).await?;
    let found = found.ok_or(RatesError::Unknown { what: "rate plan" })?;
    same_version(expected, found.version)?;
    let plan = RatePlan {
        details,
        version: found.version + 1,
        ..found
    };
    check_lineage(tx, &plan).await?;
    let row = RatePlanRow::new(tx.tenant(), &plan)?;
    diesel::update(plans::table)
        .filter(plans::tenant_id.eq(tx.tenant()))
        .filter(plans::id.eq(id))
        .set((row, plans::updated_at.eq(diesel::dsl::now)))
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, "rate plan", &plan.details.code))?;
    if plan.details.derivation.is_some() {
        super::prices::clear_prices(tx, id).await?;
    }
    Ok(plan)
}

/// Makes the rate plan a property calls `details.code` be as described.
///
/// # Errors
/// [`RatesError::Derivation`]
pub async fn put_rate_plan(
    tx: &mut TenantTx,
    property: PropertyId,
    details: RatePlanDetails,
) -> Result<Put<RatePlan>, RatesError> {
    match rate_plan_by_code(tx, property, &details.code).await? {
        Some(found) if found.details == details => Ok(Put::unchanged(found)),
        Some(found) => {
            let changed = change_rate_plan(tx, property, found.id, details, None).await?;
            Ok(Put::written(changed))
        }
        None => Ok(Put::written(create_rate_plan(tx, property, details).await?)),
    }
}

/// Removes a rate plan with its prices, seasons and restrictions. What was sold under it keeps its price.
///
/// # Errors
/// [`RatesError::Unknown`], [`RatesError::Stale`]; [`RatesError::InUse`] while another plan is derived from it.
pub async fn remove_rate_plan(
    tx: &mut TenantTx,
    property: PropertyId,
    id: RatePlanId,
    expected: Option<i32>,
) -> Result<(), RatesError> {
    lock_plans(tx, property).await?;
    let found = rate_plan(tx, property, id).await?;
    let found = found.ok_or(RatesError::Unknown { what: "rate plan" })?;
    same_version(expected, found.version)?;
    remove_what_hangs_on(tx, id).await?;
    diesel::delete(plans::table)
        .filter(plans::tenant_id.eq(tx.tenant()))
        .filter(plans::id.eq(id))
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, "rate plan", &found.details.code))?;
    Ok(())
}

/// What a cascade would remove it removes as the tables' owner, and the log of changes would not know on whose word.
async fn remove_what_hangs_on(tx: &mut TenantTx, id: RatePlanId) -> Result<(), RatesError> {
    let tenant = tx.tenant();
    diesel::delete(base_prices::table.filter(base_prices::tenant_id.eq(tenant)))
        .filter(base_prices::rate_plan_id.eq(id))
        .execute(tx.conn())
        .await?;
    diesel::delete(restrictions::table.filter(restrictions::tenant_id.eq(tenant)))
        .filter(restrictions::rate_plan_id.eq(id))
        .execute(tx.conn())
        .await?;
    diesel::delete(seasons::table.filter(seasons::tenant_id.eq(tenant)))
        .filter(seasons::rate_plan_id.eq(id))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Lets one after the other change the plans, prices and restrictions of a property.
pub(super) async fn lock_plans(tx: &mut TenantTx, property: PropertyId) -> Result<(), RatesError> {
    plans::table
        .filter(plans::tenant_id.eq(tx.tenant()))
        .filter(plans::property_id.eq(property))
        .order(plans::id)
        .for_update()
        .select(plans::id)
        .load::<RatePlanId>(tx.conn())
        .await?;
    Ok(())
}

/// That all plans of the property are derived in chains that end, with `plan` as it is to be.
async fn check_lineage(tx: &mut TenantTx, plan: &RatePlan) -> Result<(), RatesError> {
    let mut all = rate_plans(tx, plan.property_id).await?;
    all.retain(|other| other.id != plan.id);
    all.push(plan.clone());
    let descents: Vec<_> = all.iter().map(Descent::from).collect();
    lineages(&descents)?;
    Ok(())
}
