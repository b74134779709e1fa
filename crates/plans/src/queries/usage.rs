use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::totals;
use crate::{Meter, PlansError, Used};

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
