use std::collections::BTreeMap;

use motel_kernel::{Money, MoneyError};

use crate::{Meter, Terms};

/// What was used of a meter beyond what is included.
pub(crate) fn beyond(terms: &Terms, meter: Meter, quantity: i64) -> i64 {
    let included = terms.meters.get(&meter).map(|terms| terms.included);
    included.map_or(0, |included| (quantity - i64::from(included)).max(0))
}

/// What the use of a meter costs beyond the plan's price, rounded half up to the minor unit.
///
/// # Errors
/// The amount is too large.
pub fn overage(terms: &Terms, meter: Meter, quantity: i64) -> Result<Money, MoneyError> {
    let currency = terms.price.currency();
    let price = terms.meters.get(&meter).map(|terms| terms.overage_micros);
    let micros = i128::from(beyond(terms, meter, quantity)) * i128::from(price.unwrap_or(0));
    let micros_a_minor = 10_i128.pow(6_u32.saturating_sub(currency.decimals()));
    let minor = (micros + micros_a_minor / 2) / micros_a_minor;
    let minor = i64::try_from(minor).map_err(|_| MoneyError::Overflow)?;
    Ok(Money::new(minor, currency))
}

/// What a period's use costs beyond the plan's price.
///
/// # Errors
/// The amount is too large.
pub fn spent(terms: &Terms, used: &BTreeMap<Meter, i64>) -> Result<Money, MoneyError> {
    used.iter().try_fold(
        Money::zero(terms.price.currency()),
        |sum, (meter, quantity)| sum.plus(overage(terms, *meter, *quantity)?),
    )
}

/// What a change of terms keeps of the use of a meter so far: what it cost under the terms that were, less what those that follow
/// ask for the same. So in the end each unit costs what one more cost when it was used, and there and back at once comes to nothing.
///
/// # Errors
/// The amount is too large, or the two are of different currencies.
pub fn kept_of_use(
    from: &Terms,
    to: &Terms,
    meter: Meter,
    quantity: i64,
) -> Result<Money, MoneyError> {
    overage(from, meter, quantity)?.minus(overage(to, meter, quantity)?)
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at the first surprise"
)]
mod tests {
    use motel_kernel::Currency;
    use proptest::prelude::*;

    use super::*;
    use crate::MeterTerms;

    fn terms(currency: Currency, included: u32, overage_micros: u32) -> Terms {
        let meter = MeterTerms {
            included,
            overage_micros,
        };
        Terms {
            price: Money::new(2_999, currency),
            trial_days: 14,
            seats: 5,
            properties: 1,
            meters: BTreeMap::from([(Meter::Minutes, meter)]),
        }
    }

    #[test]
    fn what_is_included_costs_nothing_and_the_rest_by_the_unit() {
        let terms = terms(Currency::USD, 300, 60_000);
        for (minutes, cents) in [(0, 0), (300, 0), (301, 6), (400, 600)] {
            let costs = overage(&terms, Meter::Minutes, minutes).unwrap();
            assert_eq!(costs.minor(), cents, "{minutes}");
        }
        let free = overage(&terms, Meter::Sms, 1_000_000).unwrap();
        assert!(free.is_zero(), "a meter that is not in the terms is free");
    }

    #[test]
    fn parts_of_a_cent_are_added_up_before_they_are_rounded() {
        let terms = terms(Currency::USD, 0, 2);
        let cents = |quantity| overage(&terms, Meter::Minutes, quantity).unwrap().minor();
        assert_eq!((cents(2_499), cents(2_500), cents(5_000)), (0, 1, 1));
        assert_eq!(cents(1_000_000), 200);
    }

    #[test]
    fn a_change_of_plan_takes_nothing_twice_and_forgives_nothing() {
        let (small, large) = (
            terms(Currency::USD, 300, 60_000),
            terms(Currency::USD, 1_500, 50_000),
        );
        let minor = |from, to, used| {
            let kept = kept_of_use(from, to, Meter::Minutes, used).unwrap();
            kept.minor()
        };
        // 100 beyond the small plan stay what they cost; what the large one included is not asked for by the small one.
        assert_eq!(minor(&small, &large, 400), 600);
        assert_eq!(minor(&large, &small, 1_000), -700 * 6);
        assert_eq!(minor(&small, &large, 300), 0);
    }

    proptest! {
        /// Whatever changes there were, each stretch costs what its own terms ask for it.
        #[test]
        fn each_unit_costs_what_it_did_when_it_was_used(
            stretches in proptest::collection::vec((0_i64..2_000, any::<bool>()), 1..8),
        ) {
            let plans = [terms(Currency::USD, 300, 60_000), terms(Currency::USD, 1_500, 50_000)];
            let plan = |large: bool| if large { &plans[1] } else { &plans[0] };
            let cost = |large, used| overage(plan(large), Meter::Minutes, used).unwrap().minor();
            let (mut used, mut kept, mut expected) = (0, 0, 0);
            let mut at = stretches[0].1;
            for (more, next) in stretches {
                kept += kept_of_use(plan(at), plan(next), Meter::Minutes, used).unwrap().minor();
                expected += cost(next, used + more) - cost(next, used);
                (used, at) = (used + more, next);
            }
            prop_assert_eq!(kept + cost(at, used), expected);
            prop_assert!(expected >= 0);
        }
    }

    #[test]
    fn a_yen_has_no_parts() {
        let terms = terms("JPY".parse().unwrap(), 0, 500_000);
        assert_eq!(overage(&terms, Meter::Minutes, 3).unwrap().minor(), 2);
    }
}
