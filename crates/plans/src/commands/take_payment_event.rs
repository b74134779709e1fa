use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_payments::{EventKind, Told};

use super::adjust::adjust;
use super::prepare_payment::end_payment;
use super::standing::{begin_at, write};
use crate::schema::{gateway_events, payments, receivables};
use crate::{
    Adjustment, AdjustmentKind, Payment, PaymentState, PlansError, Stage, StatementId,
    Subscription, SubscriptionStatus, queries,
};

/// What an event led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// The statement is paid.
    Paid,
    /// Money came that the statement did not ask for; the next one takes it.
    Credited,
    /// The attempt ended unpaid.
    Ended,
    /// Nothing.
    Noted,
    /// Nothing, because it comes from another gateway than the one that was asked; a warning was logged.
    Refused,
    /// Nothing, because it was taken before.
    Duplicate,
}

/// Takes what a gateway told about a payment, once: the event and what it leads to are written in one transaction, under the
/// tenant's subscription.
///
/// # Errors
/// [`PlansError::NotFound`] when the tenant has no such payment.
pub async fn take_payment_event(tx: &mut TenantTx, told: &Told<'_>) -> Result<Taken, PlansError> {
    let subscription = queries::lock(tx).await?;
    let payment = queries::payment(tx, told.event.reference).await?;
    let payment = payment.ok_or(PlansError::NotFound("payment"))?;
    if payment.gateway != told.gateway {
        tracing::warn!(payment = %payment.id, gateway = %told.gateway, "another gateway spoke of a payment");
        return Ok(Taken::Refused);
    }
    if !keep(tx, told).await? {
        return Ok(Taken::Duplicate);
    }
    match told.event.kind {
        EventKind::Paid => settle(tx, subscription, &payment, told).await,
        EventKind::Failed => end(tx, &payment, PaymentState::Failed).await,
        EventKind::Expired => end(tx, &payment, PaymentState::Expired).await,
        EventKind::Approved | EventKind::Authorised | EventKind::Released | EventKind::Declined => {
            Ok(Taken::Noted)
        }
        EventKind::RefundProcessing
        | EventKind::Refunded
        | EventKind::RefundFailed
        | EventKind::Disputed
        | EventKind::DisputeWon
        | EventKind::DisputeLost => {
            tracing::warn!(payment = %payment.id, kind = told.event.kind.as_str(), "somebody has to look at a payment to the platform");
            Ok(Taken::Noted)
        }
    }
}

/// Writes the event; false when it was written before.
async fn keep(tx: &mut TenantTx, told: &Told<'_>) -> Result<bool, PlansError> {
    let kept = diesel::insert_into(gateway_events::table)
        .values((
            gateway_events::tenant_id.eq(tx.tenant()),
            gateway_events::gateway.eq(told.gateway.as_str()),
            gateway_events::event_id.eq(&told.event.event_id),
            gateway_events::payment_id.eq(told.event.reference),
            gateway_events::kind.eq(told.event.kind.as_str()),
            gateway_events::received_at.eq(told.at),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(kept > 0)
}

async fn end(
    tx: &mut TenantTx,
    payment: &Payment,
    state: PaymentState,
) -> Result<Taken, PlansError> {
    end_payment(tx, payment.id, state).await?;
    Ok(Taken::Ended)
}

async fn settle(
    tx: &mut TenantTx,
    subscription: Subscription,
    payment: &Payment,
    told: &Told<'_>,
) -> Result<Taken, PlansError> {
    // A checkout is paid once, by however many events that is told.
    if payment.state == PaymentState::Paid {
        return Ok(Taken::Noted);
    }
    diesel::update(payments::table.find((tx.tenant(), payment.id)))
        .set(payments::state.eq(PaymentState::Paid))
        .execute(tx.conn())
        .await?;
    let statement = queries::statement(tx, payment.statement).await?;
    let amount = told.event.amount;
    if statement.paid_at.is_some() || amount != statement.total {
        return credit(tx, payment, told).await;
    }
    diesel::update(receivables::table.find((tx.tenant(), statement.id)))
        .set((
            receivables::paid_at.eq(told.at),
            receivables::next_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(tx.conn())
        .await?;
    put_in_order(tx, subscription, told.at).await?;
    Ok(Taken::Paid)
}

/// Paid twice, or another amount than was asked for: it is not lost, and somebody is told.
async fn credit(
    tx: &mut TenantTx,
    payment: &Payment,
    told: &Told<'_>,
) -> Result<Taken, PlansError> {
    let amount = told.event.amount;
    tracing::warn!(payment = %payment.id, asked = %payment.amount, paid = %amount, "money came that a statement did not ask for");
    let adjustment = Adjustment {
        source: format!("payment:{}", payment.id),
        kind: AdjustmentKind::Credit,
        description: format!("Paid on {}", told.at.format("%F")),
        amount: amount.negated()?,
    };
    adjust(tx, &adjustment).await?;
    Ok(Taken::Credited)
}

/// A subscription with nothing overdue any more is active again.
async fn put_in_order(
    tx: &mut TenantTx,
    subscription: Subscription,
    now: DateTime<Utc>,
) -> Result<(), PlansError> {
    let is_out_of_order = matches!(
        subscription.status,
        SubscriptionStatus::PastDue | SubscriptionStatus::Suspended
    );
    if !is_out_of_order || something_is_overdue(tx).await? {
        return Ok(());
    }
    let active = match subscription.status {
        // It was billed nothing while it was suspended: what comes now begins now.
        SubscriptionStatus::Suspended => Subscription {
            cancel_at_end: subscription.cancel_at_end,
            ..begin_at(subscription, now)
        },
        _ => Subscription {
            status: SubscriptionStatus::Active,
            ..subscription
        },
    };
    write(tx, active).await?;
    Ok(())
}

async fn something_is_overdue(tx: &mut TenantTx) -> Result<bool, PlansError> {
    let overdue: Vec<StatementId> = receivables::table
        .filter(receivables::tenant_id.eq(tx.tenant()))
        .filter(receivables::paid_at.is_null())
        .filter(receivables::stage.eq_any([Stage::PastDue, Stage::Suspended]))
        .select(receivables::statement_id)
        .limit(1)
        .load(tx.conn())
        .await?;
    Ok(!overdue.is_empty())
}
