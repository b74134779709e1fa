use std::collections::BTreeMap;

use motel_kernel::Money;

use super::overage::beyond;
use super::reached;
use crate::{Budget, Meter, PlansError, Refusal, Subscription, SubscriptionStatus};

/// What decides whether something may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The subscription.
    pub subscription: Subscription,
    /// What was used of each meter in its period; only of a trial.
    pub used: BTreeMap<Meter, i64>,
    /// What was spent in its period beyond the plan's price; only where there is a budget.
    pub spent: Money,
    /// The owner's budget.
    pub budget: Option<Budget>,
}

/// Whether one more of a meter may be used. Who is past due may; it is suspension that ends it.
///
/// # Errors
/// [`PlansError::Refused`].
pub fn may_use(standing: &Standing, meter: Meter) -> Result<(), PlansError> {
    let Standing {
        subscription, used, ..
    } = standing;
    let more = used.get(&meter).copied().unwrap_or_default() + 1;
    let refusal = match subscription.status {
        SubscriptionStatus::Suspended => Some(Refusal::Suspended),
        SubscriptionStatus::Cancelled => Some(Refusal::Ended),
        SubscriptionStatus::Trialing => {
            (beyond(&subscription.terms, meter, more) > 0).then_some(Refusal::TrialUsedUp)
        }
        SubscriptionStatus::Active | SubscriptionStatus::PastDue => {
            budget_is_up(standing).then_some(Refusal::BudgetUsedUp)
        }
    };
    refusal.map_or(Ok(()), |refusal| Err(PlansError::Refused(refusal)))
}

fn budget_is_up(standing: &Standing) -> bool {
    let budget = standing.budget.filter(|budget| budget.hard_stop);
    budget.is_some_and(|budget| reached(standing.spent, budget.amount).any(|share| share == 100))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use chrono::Utc;
    use motel_kernel::{Currency, Money, TenantId};

    use super::*;
    use crate::{MeterTerms, Terms, rules};

    fn standing(status: SubscriptionStatus, messages: i64, hard_stop: Option<bool>) -> Standing {
        let meter = MeterTerms {
            included: 10,
            overage_micros: 1_000_000,
        };
        let budget = hard_stop.map(|hard_stop| Budget {
            amount: Money::new(200, Currency::USD),
            hard_stop,
            version: 1,
        });
        let terms = Terms {
            price: Money::new(2_999, Currency::USD),
            trial_days: 14,
            seats: 5,
            properties: 1,
            meters: BTreeMap::from([(Meter::Messages, meter)]),
        };
        let used = BTreeMap::from([(Meter::Messages, messages)]);
        Standing {
            spent: rules::spent(&terms, &used).unwrap(),
            used,
            subscription: Subscription {
                tenant: TenantId::new(),
                plan: "standard".to_owned(),
                terms,
                status,
                anchor_day: 1,
                period: rules::month_after(Utc::now(), 1),
                cancel_at_end: false,
                version: 1,
            },
            budget,
        }
    }

    fn refusal(standing: &Standing) -> Option<Refusal> {
        match may_use(standing, Meter::Messages) {
            Ok(()) => None,
            Err(PlansError::Refused(refusal)) => Some(refusal),
            Err(fault) => panic!("{fault}"),
        }
    }

    #[test]
    fn each_state_says_what_may_be_used() {
        use SubscriptionStatus::{Active, Cancelled, PastDue, Suspended, Trialing};
        for (status, messages, hard_stop, expected) in [
            (Trialing, 9, None, None),
            (Trialing, 10, None, Some(Refusal::TrialUsedUp)),
            (Active, 10, None, None),
            (Active, 1_000, Some(false), None),
            (Active, 11, Some(true), None),
            (Active, 12, Some(true), Some(Refusal::BudgetUsedUp)),
            (PastDue, 10, None, None),
            (PastDue, 12, Some(true), Some(Refusal::BudgetUsedUp)),
            (Suspended, 0, None, Some(Refusal::Suspended)),
            (Cancelled, 0, None, Some(Refusal::Ended)),
        ] {
            let found = refusal(&standing(status, messages, hard_stop));
            assert_eq!(found, expected, "{status} {messages} {hard_stop:?}");
        }
        let calls = may_use(&standing(Trialing, 10, None), Meter::Calls);
        calls.unwrap();
    }
}
