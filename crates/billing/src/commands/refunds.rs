//! The rows of refunds on their way.

use diesel::dsl::{IntervalDsl, now};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{BookingId, RefundId, TenantId};

use super::intents::{LONGEST_WAIT_MINUTES, ROUND};
use super::turn::take_turn_on;
use crate::schema::refunds as table;
use crate::{BillingError, Refund, RefundChanged, RefundState, queries};

/// Refunds nobody told us the end of, and that are due to be asked about.
pub(crate) async fn refunds_in_doubt(
    tx: &mut PlatformTx,
) -> Result<Vec<(TenantId, RefundId)>, BillingError> {
    let due = table::table
        .filter(table::state.eq_any([RefundState::Requested, RefundState::Processing]))
        .filter(table::ask_at.le(now.into_sql::<Timestamptz>()))
        .order(table::ask_at)
        .limit(ROUND)
        .select((table::tenant_id, table::id))
        .load(tx.conn())
        .await?;
    Ok(due)
}

/// Notes that a gateway is about to be asked, the next time later each time. Answers how often it was before.
pub(crate) async fn note_asking_refund(
    tx: &mut TenantTx,
    id: RefundId,
) -> Result<i32, BillingError> {
    let asked: i32 = diesel::update(table::table.find((tx.tenant(), id)))
        .set(table::asked.eq(table::asked + 1))
        .returning(table::asked)
        .get_result(tx.conn())
        .await?;
    let wait = asked.clamp(1, LONGEST_WAIT_MINUTES);
    diesel::update(table::table.find((tx.tenant(), id)))
        .set(table::ask_at.eq(now.into_sql::<Timestamptz>() + wait.minutes()))
        .execute(tx.conn())
        .await?;
    Ok(asked.saturating_sub(1))
}

/// Notes that the gateway will never do it, unless it has told something else meanwhile.
pub(crate) async fn refuse_refund(
    tx: &mut TenantTx,
    refund: &Refund,
    why: &str,
) -> Result<(), BillingError> {
    let link = queries::payment_link(tx, refund.link).await?;
    let link = link.ok_or(BillingError::NotFound("payment"))?;
    let folio = take_turn_on(tx, link.folio).await?;
    let why: String = why.chars().take(500).collect();
    let refused = diesel::update(table::table.find((tx.tenant(), refund.id)))
        .filter(table::state.eq(RefundState::Requested))
        .set((
            table::state.eq(RefundState::Failed),
            table::failure.eq(why),
            table::changed_at.eq(now.into_sql::<Timestamptz>()),
        ))
        .execute(tx.conn())
        .await?;
    if refused > 0 {
        tell(tx, folio.booking, refund.id, RefundState::Failed).await?;
    }
    Ok(())
}

pub(super) async fn tell(
    tx: &mut TenantTx,
    booking: BookingId,
    refund: RefundId,
    state: RefundState,
) -> Result<(), BillingError> {
    let changed = RefundChanged {
        booking_id: booking,
        refund_id: refund,
        state,
    };
    motel_jobs::publish(tx, &changed).await?;
    Ok(())
}
