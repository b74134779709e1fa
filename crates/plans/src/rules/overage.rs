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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use motel_kernel::Currency;

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
    fn a_yen_has_no_parts() {
        let terms = terms("JPY".parse().unwrap(), 0, 500_000);
        assert_eq!(overage(&terms, Meter::Minutes, 3).unwrap().minor(), 2);
    }
}
