use chrono::{DateTime, Datelike, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::subscriptions;
use crate::{Period, PlansError, Subscription, SubscriptionStatus, queries};

/// Has the subscription end with its period; until then everything stays as it is.
///
/// # Errors
/// [`PlansError::Stale`]; [`PlansError::WrongStatus`] when it is to end already, or has.
pub async fn cancel(tx: &mut TenantTx, expected: i32) -> Result<Subscription, PlansError> {
    let subscription = held(tx, expected).await?;
    if subscription.cancel_at_end || subscription.status == SubscriptionStatus::Cancelled {
        return Err(PlansError::WrongStatus);
    }
    let ending = Subscription {
        cancel_at_end: true,
        ..subscription
    };
    write(tx, ending).await
}

/// Has a subscription go on that was to end; one that has ended begins anew, without a trial, and is billed for a month at once:
/// but not while a statement is overdue, or ending it would be a way out of paying.
///
/// # Errors
/// [`PlansError::Stale`]; [`PlansError::WrongStatus`] when it was not cancelled; [`PlansError::StatementOverdue`].
pub async fn resume(
    tx: &mut TenantTx,
    expected: i32,
    now: DateTime<Utc>,
) -> Result<Subscription, PlansError> {
    let subscription = held(tx, expected).await?;
    let resumed = match (subscription.status, subscription.cancel_at_end) {
        (SubscriptionStatus::Cancelled, _) if queries::is_overdue(tx, now).await? => {
            return Err(PlansError::StatementOverdue);
        }
        (SubscriptionStatus::Cancelled, _) => begin_at(subscription, now),
        (_, true) => Subscription {
            cancel_at_end: false,
            ..subscription
        },
        (_, false) => return Err(PlansError::WrongStatus),
    };
    write(tx, resumed).await
}

/// An active subscription whose next period begins at `now`, when the one it is in is over.
pub(super) fn begin_at(subscription: Subscription, now: DateTime<Utc>) -> Subscription {
    let is_over = subscription.period.end <= now;
    let period = Period {
        end: if is_over {
            now
        } else {
            subscription.period.end
        },
        ..subscription.period
    };
    Subscription {
        status: SubscriptionStatus::Active,
        anchor_day: if is_over {
            now.day()
        } else {
            subscription.anchor_day
        },
        cancel_at_end: false,
        period,
        ..subscription
    }
}

async fn held(tx: &mut TenantTx, expected: i32) -> Result<Subscription, PlansError> {
    let subscription = queries::lock(tx).await?;
    if subscription.version != expected {
        return Err(PlansError::Stale);
    }
    Ok(subscription)
}

/// Writes where a subscription stands, as its next version.
pub(super) async fn write(
    tx: &mut TenantTx,
    subscription: Subscription,
) -> Result<Subscription, PlansError> {
    let anchor_day = i16::try_from(subscription.anchor_day).map_err(PlansError::fault)?;
    let version = subscription.version + 1;
    diesel::update(subscriptions::table.find(tx.tenant()))
        .set((
            subscriptions::status.eq(subscription.status),
            subscriptions::anchor_day.eq(anchor_day),
            subscriptions::period_end.eq(subscription.period.end),
            subscriptions::cancel_at_end.eq(subscription.cancel_at_end),
            subscriptions::version.eq(version),
        ))
        .execute(tx.conn())
        .await?;
    Ok(Subscription {
        version,
        ..subscription
    })
}
