use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Money;

use super::{budget, spent, used};
use crate::model::SubscriptionRow;
use crate::rules::{self, Standing};
use crate::schema::subscriptions;
use crate::{Meter, PlansError, Subscription, SubscriptionStatus};

/// What the tenant subscribed to; nothing in the first moments of a new one ([`crate::PlanDesk::keep_subscription`]).
///
/// # Errors
/// The database failed.
pub async fn subscription(tx: &mut TenantTx) -> Result<Option<Subscription>, PlansError> {
    let row: Option<SubscriptionRow> = subscriptions::table
        .find(tx.tenant())
        .select(SubscriptionRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(Subscription::try_from).transpose()
}

/// The same, held until the end of the transaction. It is held first of all that is changed here, and before it nothing.
pub(crate) async fn lock(tx: &mut TenantTx) -> Result<Subscription, PlansError> {
    let row: Option<SubscriptionRow> = subscriptions::table
        .find(tx.tenant())
        .select(SubscriptionRow::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?;
    row.ok_or(PlansError::NotFound("subscription"))?.try_into()
}

/// Asked where something metered is about to be used. Who has no subscription yet is about to begin a trial, and may.
///
/// # Errors
/// [`PlansError::Refused`]; the database failed.
pub async fn may_use(tx: &mut TenantTx, meter: Meter) -> Result<(), PlansError> {
    use SubscriptionStatus::{Active, PastDue, Trialing};
    let Some(subscription) = subscription(tx).await? else {
        return Ok(());
    };
    let budget = match subscription.status {
        Active | PastDue => budget(tx).await?.filter(|budget| budget.hard_stop),
        _ => None,
    };
    // Asked with every message, and mostly of somebody without a limit.
    let used = match subscription.status {
        Trialing => used(tx, subscription.period.start).await?,
        _ => BTreeMap::new(),
    };
    let spent = match budget {
        Some(_) => spent(tx, &subscription).await?,
        None => Money::zero(subscription.terms.price.currency()),
    };
    let standing = Standing {
        used,
        spent,
        budget,
        subscription,
    };
    rules::may_use(&standing, meter)
}
