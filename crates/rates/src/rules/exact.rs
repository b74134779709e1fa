use motel_kernel::{Currency, Money, MoneyError};

/// An amount in fractions of a minor unit, so that only the end of a reckoning is rounded: hundred-millionths, enough for
/// two shares one after the other to be exact, and for longer chains to be far closer than any price is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Exact(i128);

const SCALE: i128 = 100_000_000;
const WHOLE: i128 = 10_000;

impl Exact {
    pub(crate) const ZERO: Self = Self(0);

    pub(crate) fn of(minor: i64) -> Self {
        Self(i128::from(minor) * SCALE)
    }

    pub(crate) fn plus(self, other: Self) -> Result<Self, MoneyError> {
        let sum = self.0.checked_add(other.0);
        sum.map(Self).ok_or(MoneyError::Overflow)
    }

    pub(crate) fn minus(self, other: Self) -> Result<Self, MoneyError> {
        let difference = self.0.checked_sub(other.0);
        difference.map(Self).ok_or(MoneyError::Overflow)
    }

    /// A share of the amount, which may be negative.
    pub(crate) fn share(self, basis_points: i32) -> Result<Self, MoneyError> {
        if basis_points == 0 {
            return Ok(Self::ZERO);
        }
        let scaled = self.0.checked_mul(basis_points.into());
        scaled
            .map(|scaled| Self(divided(scaled, WHOLE)))
            .ok_or(MoneyError::Overflow)
    }

    /// The nearest minor unit, halves away from zero.
    pub(crate) fn to_minor(self) -> Result<i64, MoneyError> {
        i64::try_from(divided(self.0, SCALE)).map_err(|_| MoneyError::Overflow)
    }

    /// The nearest multiple of `step` minor units, halves away from zero. A step below one is one.
    pub(crate) fn rounded(self, step: i64, currency: Currency) -> Result<Money, MoneyError> {
        let step = i128::from(step.max(1));
        let steps = divided(self.0, step * SCALE);
        let minor = i64::try_from(steps * step).map_err(|_| MoneyError::Overflow)?;
        Ok(Money::new(minor, currency))
    }
}

/// The nearest whole number, halves away from zero.
fn divided(number: i128, by: i128) -> i128 {
    let (whole, rest) = (number / by, number % by);
    if 2 * rest.abs() >= by {
        whole + number.signum()
    } else {
        whole
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn rounded(exact: Exact, step: i64) -> i64 {
        exact.rounded(step, Currency::USD).unwrap().minor()
    }

    #[test]
    fn halves_go_up_and_steps_are_kept() {
        // 10,289 × 1.2 is 12,346.8; 5 × 0.5 is 2.5.
        let dearer = Exact::of(10_289);
        assert_eq!(
            rounded(dearer.plus(dearer.share(2_000).unwrap()).unwrap(), 1),
            12_347
        );
        assert_eq!(rounded(Exact::of(5).share(5_000).unwrap(), 1), 3);
        assert_eq!(rounded(Exact::of(5).share(-5_000).unwrap(), 1), -3);
        assert_eq!(
            [12_349, 12_350, 12_449].map(|minor| rounded(Exact::of(minor), 100)),
            [12_300, 12_400, 12_400]
        );
        assert_eq!(Exact(i128::MAX).share(2), Err(MoneyError::Overflow));
    }

    proptest! {
        #[test]
        fn a_share_is_what_money_takes_for_it(minor in -1_000_000_000_i64..1_000_000_000, points in 0_u32..20_000) {
            let share = Exact::of(minor).share(i32::try_from(points).unwrap()).unwrap();
            let rate = motel_kernel::BasisPoints::new(points).unwrap();
            prop_assert_eq!(share.rounded(1, Currency::USD), Money::new(minor, Currency::USD).share(rate));
        }
    }
}
