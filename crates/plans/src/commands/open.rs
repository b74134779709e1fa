use chrono::{DateTime, Datelike, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::TenantId;

use crate::schema::{subscriptions, tenants};
use crate::{PlansError, SubscriptionStatus, queries, rules};

/// How many are opened in one go.
const AT_ONCE: i64 = 500;

/// Begins the trial of a tenant that has no subscription.
///
/// # Errors
/// The database failed; there is no such tenant, or no plan.
pub async fn open_subscription(
    tx: &mut PlatformTx,
    tenant: TenantId,
    now: DateTime<Utc>,
) -> Result<(), PlansError> {
    open(tx, &[tenant], now).await?;
    Ok(())
}

/// Begins the trial of tenants that have no subscription, some hundreds at most; answers how many.
///
/// # Errors
/// The database failed; there is no plan.
pub async fn open_missing_subscriptions(
    tx: &mut PlatformTx,
    now: DateTime<Utc>,
) -> Result<usize, PlansError> {
    let missing: Vec<TenantId> = tenants::table
        .left_join(subscriptions::table.on(subscriptions::tenant_id.eq(tenants::tenant_id)))
        .filter(subscriptions::tenant_id.is_null())
        .filter(tenants::state.ne("deleted"))
        .select(tenants::tenant_id)
        .limit(AT_ONCE)
        .load(tx.conn())
        .await?;
    match missing.as_slice() {
        [] => Ok(0),
        missing => open(tx, missing, now).await,
    }
}

async fn open(
    tx: &mut PlatformTx,
    tenants: &[TenantId],
    now: DateTime<Utc>,
) -> Result<usize, PlansError> {
    let plan = queries::default_plan(tx).await?;
    let period = rules::trial(now, plan.terms.trial_days);
    let anchor_day = i16::try_from(period.end.day()).map_err(PlansError::fault)?;
    let terms = serde_json::to_value(&plan.terms)?;
    let rows: Vec<_> = tenants
        .iter()
        .map(|tenant| {
            (
                subscriptions::tenant_id.eq(*tenant),
                subscriptions::plan.eq(&plan.code),
                subscriptions::terms.eq(&terms),
                subscriptions::status.eq(SubscriptionStatus::Trialing),
                subscriptions::anchor_day.eq(anchor_day),
                subscriptions::period_start.eq(period.start),
                subscriptions::period_end.eq(period.end),
            )
        })
        .collect();
    let opened = diesel::insert_into(subscriptions::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(opened)
}
