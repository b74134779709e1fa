use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Money;

use super::open_adjustments;
use crate::schema::totals;
use crate::{AdjustmentKind, Meter, PlansError, Subscription, Used, rules};

/// What was used in the period that began then, by meter and provider.
///
/// # Errors
/// The database failed.
pub async fn used_by_provider(
    tx: &mut TenantTx,
    period_start: DateTime<Utc>,
) -> Result<Vec<Used>, PlansError> {
    let rows: Vec<(Meter, String, i64, i64)> = totals::table
        .filter(totals::tenant_id.eq(tx.tenant()))
        .filter(totals::period_start.eq(period_start))
        .order((totals::meter, totals::provider))
        .select((
            totals::meter,
            totals::provider,
            totals::quantity,
            totals::cost_micros,
        ))
        .load(tx.conn())
        .await?;
    let used = rows
        .into_iter()
        .map(|(meter, provider, quantity, cost_micros)| Used {
            meter,
            provider,
            quantity,
            cost_micros,
        });
    Ok(used.collect())
}

/// What was used of each meter in the period that began then.
///
/// # Errors
/// The database failed.
pub async fn used(
    tx: &mut TenantTx,
    period_start: DateTime<Utc>,
) -> Result<BTreeMap<Meter, i64>, PlansError> {
    let mut sums = BTreeMap::new();
    for used in used_by_provider(tx, period_start).await? {
        *sums.entry(used.meter).or_default() += used.quantity;
    }
    Ok(sums)
}

/// What the use of the running period costs beyond the plan's price so far; also under plans that it had before in this period.
///
/// # Errors
/// The database failed; amounts that have no sum.
pub async fn spent(tx: &mut TenantTx, subscription: &Subscription) -> Result<Money, PlansError> {
    let used = used(tx, subscription.period.start).await?;
    let open = open_adjustments(tx).await?;
    let before = open.iter().filter(|it| it.kind == AdjustmentKind::Overage);
    let currency = subscription.terms.price.currency();
    let before = Money::total(before.map(|it| it.amount), currency)?;
    Ok(rules::spent(&subscription.terms, &used)?.plus(before)?)
}
