use chrono::{DateTime, Utc};
use motel_kernel::{Money, MoneyError};

use crate::Period;

/// The part of a period's price that falls on what is left of it at `at`, to the second, rounded half up to the minor unit.
///
/// # Errors
/// The amount is too large.
pub fn unused(price: Money, period: Period, at: DateTime<Utc>) -> Result<Money, MoneyError> {
    let whole = i128::from((period.end - period.start).num_seconds());
    if whole <= 0 {
        return Ok(Money::zero(price.currency()));
    }
    let left = i128::from((period.end - at).num_seconds()).clamp(0, whole);
    let minor = (i128::from(price.minor()) * left * 2 + whole).div_euclid(whole * 2);
    let minor = i64::try_from(minor).map_err(|_| MoneyError::Overflow)?;
    Ok(Money::new(minor, price.currency()))
}

/// What is owed for changing from one price to another at `at`: the rest of the period at the new price, less the rest of it at
/// the old one, which was paid. Below nothing for a cheaper plan.
///
/// # Errors
/// The two are of different currencies.
pub fn change_of_plan(
    from: Money,
    to: Money,
    period: Period,
    at: DateTime<Utc>,
) -> Result<Money, MoneyError> {
    unused(to, period, at)?.minus(unused(from, period, at)?)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use chrono::TimeDelta;
    use motel_kernel::Currency;
    use proptest::prelude::*;

    use super::*;
    use crate::rules::month_after;

    fn usd(minor: i64) -> Money {
        Money::new(minor, Currency::USD)
    }

    fn december() -> Period {
        month_after("2026-12-01T00:00:00Z".parse().unwrap(), 1)
    }

    #[test]
    fn by_pencil_and_paper() {
        let (period, from, to) = (december(), usd(2_999), usd(7_999));
        let on = |days| period.start + TimeDelta::days(days);
        // 31 days: 5,000 × 21/31 = 3,387.09…; each side is rounded by itself: 5,419 − 2,032.
        let changed = change_of_plan(from, to, period, on(10)).unwrap();
        assert_eq!(changed, usd(3_387));
        let all = change_of_plan(from, to, period, on(0)).unwrap();
        let nothing = change_of_plan(from, to, period, on(31)).unwrap();
        assert_eq!((all, nothing), (usd(5_000), usd(0)));
        // A clock that runs behind or ahead takes no more than there is.
        let before = change_of_plan(from, to, period, on(-3)).unwrap();
        let after = change_of_plan(from, to, period, on(40)).unwrap();
        assert_eq!((before, after), (all, nothing));
    }

    proptest! {
        #[test]
        fn there_and_back_at_once_comes_to_nothing(
            prices in proptest::collection::vec(0_i64..10_000_000, 2..6), second in 0_i64..2_678_400,
        ) {
            let at = december().start + TimeDelta::seconds(second);
            let around = prices.iter().chain(prices.first());
            let mut sum = usd(0);
            let pairs: Vec<i64> = around.copied().collect();
            for pair in pairs.windows(2) {
                if let [from, to] = pair {
                    sum = sum.plus(change_of_plan(usd(*from), usd(*to), december(), at).unwrap()).unwrap();
                }
            }
            prop_assert!(sum.is_zero());
        }

        #[test]
        fn nobody_gets_back_more_than_was_paid(
            paid in 0_i64..10_000_000, prices in proptest::collection::vec((0_i64..10_000_000, 0_i64..2_678_400), 0..8),
        ) {
            let mut changes = prices;
            changes.sort_by_key(|(_, second)| *second);
            let (mut sum, mut price) = (usd(paid), usd(paid));
            let mut times = 0_i64;
            for (next, second) in changes {
                let at = december().start + TimeDelta::seconds(second);
                sum = sum.plus(change_of_plan(price, usd(next), december(), at).unwrap()).unwrap();
                price = usd(next);
                times += 1;
            }
            // Each rounding is of half a cent at most, and there are two to a change.
            prop_assert!(sum.minor() >= -times, "{sum}");
        }

        #[test]
        fn what_is_left_only_gets_less(price in 0_i64..10_000_000, a in 0_i64..2_678_400, b in 0_i64..2_678_400) {
            let left = |second| unused(usd(price), december(), december().start + TimeDelta::seconds(second)).unwrap().minor();
            prop_assert!(left(a.min(b)) >= left(a.max(b)));
            prop_assert!((0..=price).contains(&left(a)));
        }
    }
}
