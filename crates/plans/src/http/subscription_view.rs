use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_web::MoneyView;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{AdjustmentKind, PlansError, Subscription, SubscriptionStatus, queries};

/// What the business subscribed to.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubscriptionView {
    /// The plan's code.
    plan: String,
    /// `trialing`, `active`, `past_due`, `suspended` (nothing metered is to be used), or `cancelled` when it has ended.
    #[schema(value_type = String)]
    status: SubscriptionStatus,
    /// What a month costs, in advance.
    price: MoneyView,
    /// When the present period began.
    period_start: DateTime<Utc>,
    /// When the next one begins.
    period_end: DateTime<Utc>,
    /// Whether it ends with the period.
    cancel_at_end: bool,
    /// Who may sign in.
    seats: LimitView,
    /// The properties.
    properties: LimitView,
    /// What was used in this period of what is included.
    meters: Vec<MeterView>,
    /// What that costs beyond the price, so far; nothing during a trial.
    spent: MoneyView,
    /// What the next statement takes of changes of plan and credit.
    adjustments: MoneyView,
    /// Grows with every change.
    pub(super) version: i32,
}

/// A limit, and how much of it is in use.
#[derive(Debug, Serialize, ToSchema)]
pub struct LimitView {
    /// How many there may be.
    #[schema(minimum = 0)]
    limit: u32,
    /// How many there are.
    #[schema(minimum = 0)]
    in_use: u32,
}

/// A meter in the present period.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeterView {
    /// `messages`, `calls`, `minutes`, `sms` or `tokens`.
    meter: &'static str,
    /// What the plan includes.
    #[schema(minimum = 0)]
    included: u32,
    /// How much was used.
    #[schema(minimum = 0)]
    used: i64,
    /// What one more costs beyond it, in millionths of the currency.
    #[schema(minimum = 0)]
    overage_micros: u32,
}

/// A change of plan.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangedPlanView {
    /// The subscription as it is now.
    pub(super) subscription: SubscriptionView,
    /// What the next statement takes for the rest of the period; below nothing for a cheaper plan, nothing during a trial.
    pub(super) proration: MoneyView,
}

impl SubscriptionView {
    pub(super) async fn of(
        tx: &mut TenantTx,
        subscription: Subscription,
    ) -> Result<Self, PlansError> {
        let terms = &subscription.terms;
        let used = queries::used(tx, subscription.period.start).await?;
        let currency = terms.price.currency();
        let spent = match subscription.status {
            SubscriptionStatus::Trialing => motel_kernel::Money::zero(currency),
            _ => queries::spent(tx, &subscription).await?,
        };
        let open = queries::open_adjustments(tx).await?;
        // What was used under a plan before is spent already.
        let amounts = open
            .iter()
            .filter(|adjustment| adjustment.kind != AdjustmentKind::Overage)
            .map(|adjustment| adjustment.amount);
        let meters = terms.meters.iter().map(|(meter, terms)| MeterView {
            meter: meter.as_str(),
            included: terms.included,
            used: used.get(meter).copied().unwrap_or_default(),
            overage_micros: terms.overage_micros,
        });
        Ok(Self {
            status: subscription.status,
            price: terms.price.into(),
            period_start: subscription.period.start,
            period_end: subscription.period.end,
            cancel_at_end: subscription.cancel_at_end,
            seats: LimitView {
                limit: terms.seats,
                in_use: queries::seats_in_use(tx).await?,
            },
            properties: LimitView {
                limit: terms.properties,
                in_use: queries::properties_in_use(tx).await?,
            },
            meters: meters.collect(),
            spent: spent.into(),
            adjustments: motel_kernel::Money::total(amounts, currency)?.into(),
            version: subscription.version,
            plan: subscription.plan,
        })
    }
}
