use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{CancellationPolicyId, PropertyId, RatePlanId};

use super::refusal::{refusal, same_version};
use crate::model::CancellationPolicyRow;
use crate::schema::{cancellation_policies as policies, rate_plans as plans};
use crate::{CancellationPolicy, CancellationPolicyDetails, RatesError};

/// Makes a cancellation policy, which `named_by` go by from now on.
///
/// # Errors
/// [`RatesError::CodeTaken`]; [`RatesError::Unknown`] for a plan that is not there.
pub async fn create_cancellation_policy(
    tx: &mut TenantTx,
    property: PropertyId,
    details: CancellationPolicyDetails,
    named_by: &[RatePlanId],
) -> Result<CancellationPolicy, RatesError> {
    let policy = CancellationPolicy {
        id: CancellationPolicyId::new(),
        property_id: property,
        details,
        version: 1,
    };
    diesel::insert_into(policies::table)
        .values(CancellationPolicyRow::new(tx.tenant(), &policy)?)
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, "cancellation policy", &policy.details.code))?;
    name_policy(tx, &policy, named_by).await?;
    Ok(policy)
}

/// Makes a cancellation policy say something else, and just `named_by` go by it. What was booked keeps its terms. With
/// `expected` only if that is still its version.
///
/// # Errors
/// [`RatesError::Unknown`], [`RatesError::Stale`], [`RatesError::CodeTaken`]
pub async fn change_cancellation_policy(
    tx: &mut TenantTx,
    property: PropertyId,
    id: CancellationPolicyId,
    details: CancellationPolicyDetails,
    named_by: &[RatePlanId],
    expected: Option<i32>,
) -> Result<CancellationPolicy, RatesError> {
    let version = locked(tx, property, id).await?;
    same_version(expected, version)?;
    let policy = CancellationPolicy {
        id,
        property_id: property,
        details,
        version: version + 1,
    };
    diesel::update(policies::table)
        .filter(policies::tenant_id.eq(tx.tenant()))
        .filter(policies::id.eq(id))
        .set(CancellationPolicyRow::new(tx.tenant(), &policy)?)
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, "cancellation policy", &policy.details.code))?;
    name_policy(tx, &policy, named_by).await?;
    Ok(policy)
}

/// Removes a cancellation policy. The plans that named it go by the property's settings again.
///
/// # Errors
/// [`RatesError::Unknown`], [`RatesError::Stale`]
pub async fn remove_cancellation_policy(
    tx: &mut TenantTx,
    property: PropertyId,
    id: CancellationPolicyId,
    expected: Option<i32>,
) -> Result<(), RatesError> {
    let version = locked(tx, property, id).await?;
    same_version(expected, version)?;
    forget_policy(tx, id, &[]).await?;
    diesel::delete(policies::table)
        .filter(policies::tenant_id.eq(tx.tenant()))
        .filter(policies::id.eq(id))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Just these plans go by the policy.
async fn name_policy(
    tx: &mut TenantTx,
    policy: &CancellationPolicy,
    named_by: &[RatePlanId],
) -> Result<(), RatesError> {
    forget_policy(tx, policy.id, named_by).await?;
    let named = diesel::update(plans::table)
        .filter(plans::tenant_id.eq(tx.tenant()))
        .filter(plans::property_id.eq(policy.property_id))
        .filter(plans::id.eq_any(named_by))
        .set(plans::cancellation_policy_id.eq(policy.id))
        .execute(tx.conn())
        .await?;
    if named == named_by.len() {
        Ok(())
    } else {
        Err(RatesError::Unknown { what: "rate plan" })
    }
}

async fn forget_policy(
    tx: &mut TenantTx,
    policy: CancellationPolicyId,
    but: &[RatePlanId],
) -> Result<(), RatesError> {
    diesel::update(plans::table)
        .filter(plans::tenant_id.eq(tx.tenant()))
        .filter(plans::cancellation_policy_id.eq(policy))
        .filter(diesel::dsl::not(plans::id.eq_any(but)))
        .set(plans::cancellation_policy_id.eq(None::<CancellationPolicyId>))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn locked(
    tx: &mut TenantTx,
    property: PropertyId,
    id: CancellationPolicyId,
) -> Result<i32, RatesError> {
    let version = policies::table
        .filter(policies::tenant_id.eq(tx.tenant()))
        .filter(policies::property_id.eq(property))
        .filter(policies::id.eq(id))
        .for_update()
        .select(policies::version)
        .first(tx.conn())
        .await
        .optional()?;
    let what = "cancellation policy";
    version.ok_or(RatesError::Unknown { what })
}
