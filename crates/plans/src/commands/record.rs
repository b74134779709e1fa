use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::{alerts, totals, usage};
use crate::{BudgetReached, PlansError, Subscription, Usage, queries, rules};

/// What became of a usage that was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// It counts.
    Counted,
    /// It was told before.
    Before,
}

/// Records what was used, once for each meter and source. It counts in the period that is open, whenever it happened, so what is
/// told late is billed once as well. Tells the owner when it reaches a share of the budget.
///
/// # Errors
/// [`PlansError::NotFound`] without a subscription; the database failed or refused what is out of bounds.
pub async fn record(tx: &mut TenantTx, used: &Usage) -> Result<Recorded, PlansError> {
    // Held, so that the period is not closed meanwhile and no two reach the budget unseen by each other.
    let subscription = queries::lock(tx).await?;
    let period_start = subscription.period.start;
    let counted = diesel::insert_into(usage::table)
        .values((
            usage::tenant_id.eq(tx.tenant()),
            usage::source.eq(&used.source),
            usage::meter.eq(used.meter),
            usage::provider.eq(&used.provider),
            usage::quantity.eq(used.quantity),
            usage::cost_micros.eq(used.cost_micros),
            usage::period_start.eq(period_start),
            usage::occurred_at.eq(used.occurred_at),
        ))
        .on_conflict((usage::tenant_id, usage::meter, usage::source))
        .do_nothing()
        .execute(tx.conn())
        .await?;
    if counted == 0 {
        return Ok(Recorded::Before);
    }
    diesel::insert_into(totals::table)
        .values((
            totals::tenant_id.eq(tx.tenant()),
            totals::period_start.eq(period_start),
            totals::meter.eq(used.meter),
            totals::provider.eq(&used.provider),
            totals::quantity.eq(used.quantity),
            totals::cost_micros.eq(used.cost_micros),
        ))
        .on_conflict((
            totals::tenant_id,
            totals::period_start,
            totals::meter,
            totals::provider,
        ))
        .do_update()
        .set((
            totals::quantity.eq(totals::quantity + excluded(totals::quantity)),
            totals::cost_micros.eq(totals::cost_micros + excluded(totals::cost_micros)),
        ))
        .execute(tx.conn())
        .await?;
    watch_budget(tx, &subscription).await?;
    Ok(Recorded::Counted)
}

async fn watch_budget(tx: &mut TenantTx, subscription: &Subscription) -> Result<(), PlansError> {
    let Some(budget) = queries::budget(tx).await? else {
        return Ok(());
    };
    let period_start = subscription.period.start;
    let spent = queries::spent(tx, subscription).await?;
    for threshold in rules::reached(spent, budget.amount) {
        let first = diesel::insert_into(alerts::table)
            .values((
                alerts::tenant_id.eq(tx.tenant()),
                alerts::period_start.eq(period_start),
                alerts::threshold.eq(threshold),
            ))
            .on_conflict_do_nothing()
            .execute(tx.conn())
            .await?;
        if first > 0 {
            let reached = BudgetReached {
                period_start,
                threshold,
                spent,
                budget: budget.amount,
            };
            motel_jobs::publish(tx, &reached).await?;
        }
    }
    Ok(())
}
