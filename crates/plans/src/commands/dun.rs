use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::TenantId;

use super::standing::write;
use crate::rules::{next_step, step_after};
use crate::schema::receivables;
use crate::{
    PlansError, Stage, StatementDue, StatementId, Subscription, SubscriptionStatus, queries,
};

/// How many statements are looked at in one go.
const AT_ONCE: i64 = 500;

/// The unpaid statements about which something is to be done.
pub(crate) async fn statements_to_dun(
    tx: &mut PlatformTx,
    now: DateTime<Utc>,
) -> Result<Vec<(TenantId, StatementId)>, PlansError> {
    let due = receivables::table
        .filter(receivables::next_at.le(now))
        .order(receivables::next_at)
        .limit(AT_ONCE)
        .select((receivables::tenant_id, receivables::statement_id))
        .load(tx.conn())
        .await?;
    Ok(due)
}

/// Does what is due about an unpaid statement: sends it, reminds of it, takes the subscription for past due, suspends it. Each once,
/// however many ask at once. Answers what was done.
///
/// # Errors
/// [`PlansError::NotFound`]; the database failed.
pub async fn dun(
    tx: &mut TenantTx,
    id: StatementId,
    now: DateTime<Utc>,
) -> Result<Option<Stage>, PlansError> {
    let subscription = queries::lock(tx).await?;
    let statement = queries::statement(tx, id).await?;
    let planned: Option<DateTime<Utc>> = receivables::table
        .find((tx.tenant(), id))
        .select(receivables::next_at)
        .first(tx.conn())
        .await?;
    let is_due = planned.is_some_and(|planned| planned <= now);
    let Some(stage) = step_after(statement.stage).filter(|_| is_due) else {
        return Ok(None);
    };
    diesel::update(receivables::table.find((tx.tenant(), id)))
        .set((
            receivables::stage.eq(stage),
            receivables::next_at.eq(next_step(stage, statement.due_at, now)),
        ))
        .execute(tx.conn())
        .await?;
    follow(tx, subscription, stage).await?;
    let event = StatementDue {
        statement_id: id,
        stage,
    };
    motel_jobs::publish(tx, &event).await?;
    Ok(Some(stage))
}

/// What the subscription makes of it.
async fn follow(
    tx: &mut TenantTx,
    subscription: Subscription,
    stage: Stage,
) -> Result<(), PlansError> {
    use SubscriptionStatus::{Active, Cancelled, PastDue, Suspended, Trialing};
    let status = match (stage, subscription.status) {
        (Stage::PastDue, Active) => PastDue,
        (Stage::Suspended, Active | PastDue) => Suspended,
        (_, Active | PastDue | Suspended | Trialing | Cancelled) => return Ok(()),
    };
    let standing = Subscription {
        status,
        ..subscription
    };
    write(tx, standing).await?;
    Ok(())
}
