use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Money;

use super::adjust::adjust;
use crate::schema::subscriptions;
use crate::{
    Adjustment, AdjustmentKind, Plan, PlansError, Subscription, SubscriptionStatus, queries, rules,
};

/// What a change of plan led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The subscription as it is now.
    pub subscription: Subscription,
    /// What the next statement takes for the rest of the period; below nothing for a cheaper plan, nothing during a trial.
    pub proration: Money,
}

/// Changes the plan at once. The rest of the period is reckoned to the second and put on the next statement, and what was used so
/// far costs what it did under the plan that was; a change back at the same moment comes to nothing.
///
/// # Errors
/// [`PlansError::Stale`], [`PlansError::SamePlan`], [`PlansError::WrongStatus`] while it is suspended or when it has ended;
/// [`PlansError::AboveLimit`] when more is in use than the new plan has.
pub async fn change_plan(
    tx: &mut TenantTx,
    expected: i32,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<Changed, PlansError> {
    let subscription = queries::lock(tx).await?;
    allow(tx, &subscription, expected, plan).await?;
    let proration = match subscription.status {
        SubscriptionStatus::Trialing => Money::zero(plan.terms.price.currency()),
        _ => rules::change_of_plan(
            subscription.terms.price,
            plan.terms.price,
            subscription.period,
            now,
        )?,
    };
    let adjustment = Adjustment {
        source: format!("change:{}", subscription.version),
        kind: AdjustmentKind::Proration,
        description: format!(
            "From plan {} to {} on {}",
            subscription.plan,
            plan.code,
            now.format("%F")
        ),
        amount: proration,
    };
    adjust(tx, &adjustment).await?;
    keep_what_use_cost(tx, &subscription, plan, now).await?;
    diesel::update(subscriptions::table.find(tx.tenant()))
        .set((
            subscriptions::plan.eq(&plan.code),
            subscriptions::terms.eq(serde_json::to_value(&plan.terms)?),
            subscriptions::version.eq(subscription.version + 1),
        ))
        .execute(tx.conn())
        .await?;
    Ok(Changed {
        subscription: Subscription {
            plan: plan.code.clone(),
            terms: plan.terms.clone(),
            version: subscription.version + 1,
            ..subscription
        },
        proration,
    })
}

/// The whole period's use is measured by the terms at its end, so what that would make of the use until now is evened out here.
async fn keep_what_use_cost(
    tx: &mut TenantTx,
    subscription: &Subscription,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<(), PlansError> {
    // What is used in a trial is never billed.
    if subscription.status == SubscriptionStatus::Trialing {
        return Ok(());
    }
    for (meter, quantity) in queries::used(tx, subscription.period.start).await? {
        let adjustment = Adjustment {
            source: format!("change:{}:{}", subscription.version, meter.as_str()),
            kind: AdjustmentKind::Overage,
            description: format!(
                "{quantity} {} on plan {} until {}",
                meter.words(),
                subscription.plan,
                now.format("%F")
            ),
            amount: rules::kept_of_use(&subscription.terms, &plan.terms, meter, quantity)?,
        };
        adjust(tx, &adjustment).await?;
    }
    Ok(())
}

async fn allow(
    tx: &mut TenantTx,
    subscription: &Subscription,
    expected: i32,
    plan: &Plan,
) -> Result<(), PlansError> {
    if subscription.version != expected {
        return Err(PlansError::Stale);
    }
    if subscription.plan == plan.code {
        return Err(PlansError::SamePlan);
    }
    match subscription.status {
        SubscriptionStatus::Suspended | SubscriptionStatus::Cancelled => {
            return Err(PlansError::WrongStatus);
        }
        SubscriptionStatus::Trialing | SubscriptionStatus::Active | SubscriptionStatus::PastDue => {
        }
    }
    if queries::seats_in_use(tx).await? > plan.terms.seats {
        return Err(PlansError::AboveLimit("seats"));
    }
    if queries::properties_in_use(tx).await? > plan.terms.properties {
        return Err(PlansError::AboveLimit("properties"));
    }
    Ok(())
}
