//! Closing the periods that are over, many tenants at a time and all in a few statements.

mod closing;
mod issue;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text, Timestamptz, Uuid};
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::TenantId;

use crate::model::{AdjustmentRow, SubscriptionRow};
use crate::schema::{adjustments, subscriptions, tenants, totals};
use crate::{Adjustment, Meter, PlansError, Subscription, SubscriptionStatus};

use closing::Closing;

/// How many subscriptions are closed in one transaction: enough that its statements hardly count, few enough that memory stays
/// flat and nobody waits long for the numbers.
const AT_ONCE: i64 = 250;

/// Closes the periods that are over, of some hundreds of subscriptions at most: a trial begins to be paid for, a month is followed by
/// the next, a cancelled subscription ends; and each gets its statement, once. Answers how many were closed; call it until that is
/// none. Those that somebody else holds are left for the next round.
///
/// # Errors
/// The database failed; nothing is closed then.
pub async fn close_periods(tx: &mut PlatformTx, now: DateTime<Utc>) -> Result<usize, PlansError> {
    let due = due(tx, now).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let tenants: Vec<TenantId> = due.iter().map(|subscription| subscription.tenant).collect();
    let mut used = used(tx, &tenants).await?;
    let mut open = open_adjustments(tx, &tenants).await?;
    let mut closings = Vec::with_capacity(due.len());
    for subscription in due {
        let tenant = subscription.tenant;
        let used = used.remove(&tenant).unwrap_or_default();
        let open = open.remove(&tenant).unwrap_or_default();
        match Closing::of(subscription, &used, &open, now) {
            Ok(closing) => closings.push(closing),
            // One that has no sum does not keep the others.
            Err(error) => {
                tracing::error!(%tenant, error = &error as &dyn std::error::Error, "a period could not be closed");
            }
        }
    }
    if closings.is_empty() {
        return Ok(0);
    }
    issue::issue(tx, &closings, now).await?;
    move_on(tx, &closings).await?;
    Ok(closings.len())
}

async fn due(tx: &mut PlatformTx, now: DateTime<Utc>) -> Result<Vec<Subscription>, PlansError> {
    let running = [
        SubscriptionStatus::Trialing,
        SubscriptionStatus::Active,
        SubscriptionStatus::PastDue,
    ];
    // Who is gone is asked for nothing more.
    let deleted = tenants::table
        .filter(tenants::state.eq("deleted"))
        .select(tenants::tenant_id);
    let rows: Vec<SubscriptionRow> = subscriptions::table
        .filter(subscriptions::status.eq_any(running))
        .filter(subscriptions::tenant_id.ne_all(deleted))
        .filter(subscriptions::period_end.le(now))
        .order(subscriptions::period_end)
        .limit(AT_ONCE)
        .select(SubscriptionRow::as_select())
        .for_no_key_update()
        .skip_locked()
        .load(tx.conn())
        .await?;
    rows.into_iter().map(Subscription::try_from).collect()
}

/// What each of them used in the period it is in.
async fn used(
    tx: &mut PlatformTx,
    tenants: &[TenantId],
) -> Result<BTreeMap<TenantId, BTreeMap<Meter, i64>>, PlansError> {
    let rows: Vec<(TenantId, Meter, i64)> = totals::table
        .inner_join(
            subscriptions::table.on(subscriptions::tenant_id
                .eq(totals::tenant_id)
                .and(subscriptions::period_start.eq(totals::period_start))),
        )
        .filter(totals::tenant_id.eq_any(tenants))
        .select((totals::tenant_id, totals::meter, totals::quantity))
        .load(tx.conn())
        .await?;
    let mut used: BTreeMap<TenantId, BTreeMap<Meter, i64>> = BTreeMap::new();
    for (tenant, meter, quantity) in rows {
        *used.entry(tenant).or_default().entry(meter).or_default() += quantity;
    }
    Ok(used)
}

async fn open_adjustments(
    tx: &mut PlatformTx,
    tenants: &[TenantId],
) -> Result<BTreeMap<TenantId, Vec<Adjustment>>, PlansError> {
    let rows: Vec<AdjustmentRow> = adjustments::table
        .filter(adjustments::tenant_id.eq_any(tenants))
        .filter(adjustments::statement_id.is_null())
        .order((adjustments::tenant_id, adjustments::source))
        .select(AdjustmentRow::as_select())
        .load(tx.conn())
        .await?;
    let mut open: BTreeMap<TenantId, Vec<Adjustment>> = BTreeMap::new();
    for row in rows {
        let of = open.entry(row.tenant_id).or_default();
        of.push(row.try_into()?);
    }
    Ok(open)
}

/// Writes where each of them stands after its period.
async fn move_on(tx: &mut PlatformTx, closings: &[Closing]) -> Result<(), PlansError> {
    let mut tenants = Vec::with_capacity(closings.len());
    let (mut starts, mut ends) = (Vec::new(), Vec::new());
    let (mut statuses, mut cancelling) = (Vec::new(), Vec::new());
    for closing in closings {
        tenants.push(closing.subscription.tenant);
        starts.push(closing.next.start);
        ends.push(closing.next.end);
        statuses.push(closing.status.as_str());
        cancelling.push(closing.subscription.cancel_at_end && closing.begins.is_some());
    }
    diesel::sql_query(
        "UPDATE plans.subscriptions AS known
         SET period_start = next.period_start, period_end = next.period_end, status = next.status, cancel_at_end = next.cancelling
         FROM unnest($1, $2, $3, $4, $5) AS next (tenant_id, period_start, period_end, status, cancelling)
         WHERE known.tenant_id = next.tenant_id",
    )
    .bind::<Array<Uuid>, _>(tenants)
    .bind::<Array<Timestamptz>, _>(starts)
    .bind::<Array<Timestamptz>, _>(ends)
    .bind::<Array<Text>, _>(statuses)
    .bind::<Array<Bool>, _>(cancelling)
    .execute(tx.conn())
    .await?;
    Ok(())
}
