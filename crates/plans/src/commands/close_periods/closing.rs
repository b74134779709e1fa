use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::rules::{self, Draft};
use crate::{Adjustment, Meter, Period, PlansError, Subscription, SubscriptionStatus};

/// A period that ends, and what comes after it.
pub(super) struct Closing {
    /// As it stood in the period.
    pub(super) subscription: Subscription,
    /// The period that follows; of no length when none does.
    pub(super) next: Period,
    /// The same, when one follows.
    pub(super) begins: Option<Period>,
    /// Where the subscription stands from then on.
    pub(super) status: SubscriptionStatus,
    /// What is to be paid for it all.
    pub(super) draft: Draft,
}

impl Closing {
    /// Closes the period of a subscription in which so much was used, and in which this has come up.
    pub(super) fn of(
        subscription: Subscription,
        used: &BTreeMap<Meter, i64>,
        open: &[Adjustment],
        now: DateTime<Utc>,
    ) -> Result<Self, PlansError> {
        let mut boundary = subscription.period.end;
        let mut follows = rules::month_after(boundary, subscription.anchor_day);
        // While nobody billed, the trial went on: months that are over by now are not asked for afterwards.
        while subscription.status == SubscriptionStatus::Trialing && follows.end <= now {
            boundary = follows.end;
            follows = rules::month_after(boundary, subscription.anchor_day);
        }
        let begins = (!subscription.cancel_at_end).then_some(follows);
        // What a trial includes is free, and there is nothing beyond it.
        let of_trial = BTreeMap::new();
        let used = match subscription.status {
            SubscriptionStatus::Trialing => &of_trial,
            _ => used,
        };
        let draft = rules::draft(&subscription.terms, &subscription.plan, begins, used, open)?;
        Ok(Self {
            next: begins.unwrap_or(Period {
                start: boundary,
                end: boundary,
            }),
            begins,
            status: match (begins, subscription.status) {
                (None, _) => SubscriptionStatus::Cancelled,
                (Some(_), SubscriptionStatus::Trialing) => SubscriptionStatus::Active,
                (Some(_), status) => status,
            },
            subscription,
            draft,
        })
    }
}
