use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{CancellationPolicyId, PropertyId, RatePlanId};
use motel_tenancy::Property;

use crate::market::CancellationPolicies;
use crate::model::CancellationPolicyRow;
use crate::schema::{cancellation_policies as policies, rate_plans as plans};
use crate::{CancellationPolicy, CancellationPolicyDetails, RatesError};

/// The cancellation policies of a property, the oldest first.
pub async fn cancellation_policies(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<Vec<CancellationPolicy>, RatesError> {
    let rows: Vec<CancellationPolicyRow> = policies::table
        .filter(policies::tenant_id.eq(tx.tenant()))
        .filter(policies::property_id.eq(property))
        .order(policies::id)
        .select(CancellationPolicyRow::as_select())
        .load(tx.conn())
        .await?;
    let found = rows.into_iter().map(CancellationPolicy::try_from);
    Ok(found.collect::<Result<_, _>>()?)
}

/// One of them.
pub async fn cancellation_policy(
    tx: &mut TenantTx,
    property: PropertyId,
    id: CancellationPolicyId,
) -> Result<Option<CancellationPolicy>, RatesError> {
    let row: Option<CancellationPolicyRow> = policies::table
        .filter(policies::tenant_id.eq(tx.tenant()))
        .filter(policies::property_id.eq(property))
        .filter(policies::id.eq(id))
        .select(CancellationPolicyRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(row.map(CancellationPolicy::try_from).transpose()?)
}

/// The ids of the plans that name a policy, and its id.
pub async fn plans_by_policy(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<Vec<(CancellationPolicyId, RatePlanId)>, RatesError> {
    let rows: Vec<(Option<CancellationPolicyId>, RatePlanId)> = plans::table
        .filter(plans::tenant_id.eq(tx.tenant()))
        .filter(plans::property_id.eq(property))
        .filter(plans::cancellation_policy_id.is_not_null())
        .order(plans::id)
        .select((plans::cancellation_policy_id, plans::id))
        .load(tx.conn())
        .await?;
    let rows = rows.into_iter();
    Ok(rows
        .filter_map(|(policy, plan)| Some((policy?, plan)))
        .collect())
}

/// Which policy counts for which plan of a property: the one it names, or the one in the property's settings.
pub async fn policies_in_force(
    tx: &TenantTx,
    property: &Property,
) -> Result<CancellationPolicies, RatesError> {
    let named = policies::tenant_id
        .eq(plans::tenant_id)
        .and(policies::id.nullable().eq(plans::cancellation_policy_id));
    let rows: Vec<(RatePlanId, CancellationPolicyRow)> = plans::table
        .inner_join(policies::table.on(named))
        .filter(plans::tenant_id.eq(tx.tenant()))
        .filter(plans::property_id.eq(property.id))
        .select((plans::id, CancellationPolicyRow::as_select()))
        .load(&mut tx.reading())
        .await?;
    let by_plan = rows
        .into_iter()
        .map(|(plan, row)| Ok((plan, CancellationPolicy::try_from(row)?.details)))
        .collect::<Result<_, RatesError>>()?;
    Ok(CancellationPolicies {
        house: CancellationPolicyDetails::of_settings(property),
        by_plan,
    })
}
