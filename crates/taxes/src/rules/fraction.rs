use std::cmp::Ordering;

use motel_kernel::MoneyError;

/// An exact number of minor units. Every step is checked, so what does not fit is an error and never a wrong amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fraction {
    over: i128,
    /// Always above zero.
    under: i128,
}

/// Denominators beyond this are reduced; most never are.
const LARGE: i128 = 1 << 40;

impl Fraction {
    pub(super) const ZERO: Self = Self { over: 0, under: 1 };
    pub(super) const ONE: Self = Self { over: 1, under: 1 };

    pub(super) fn whole(number: i64) -> Self {
        Self {
            over: number.into(),
            under: 1,
        }
    }

    /// `points` hundredths of a percent.
    pub(super) fn points(points: i32) -> Self {
        Self {
            over: points.into(),
            under: 10_000,
        }
    }

    pub(super) fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.under == other.under {
            let over = self.over.checked_add(other.over);
            return Ok(Self {
                over: over.ok_or(MoneyError::Overflow)?,
                under: self.under,
            });
        }
        let left = self.over.checked_mul(other.under);
        let right = other.over.checked_mul(self.under);
        let over = left.zip(right).and_then(|(a, b)| a.checked_add(b));
        Self::checked(over, self.under.checked_mul(other.under))
    }

    pub(super) fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.plus(Self {
            over: -other.over,
            ..other
        })
    }

    pub(super) fn times(self, other: Self) -> Result<Self, MoneyError> {
        let over = self.over.checked_mul(other.over);
        Self::checked(over, self.under.checked_mul(other.under))
    }

    /// Divided by something above zero.
    pub(super) fn by(self, other: Self) -> Result<Self, MoneyError> {
        let over = self.over.checked_mul(other.under);
        Self::checked(over, self.under.checked_mul(other.over))
    }

    /// To the nearest whole number, halves away from zero.
    pub(super) fn half_up(self) -> Result<i64, MoneyError> {
        let doubled = self.over.checked_mul(2).ok_or(MoneyError::Overflow)?;
        let half = self.under * self.over.signum();
        whole((doubled + half) / (2 * self.under))
    }

    /// The largest whole number not above it.
    pub(super) fn floor(self) -> Result<i64, MoneyError> {
        whole(self.over.div_euclid(self.under))
    }

    /// Which of two has more beyond its floor.
    pub(super) fn cmp_remainder(self, other: Self) -> Ordering {
        let beyond = |of: Self, times: i128| of.over.rem_euclid(of.under).saturating_mul(times);
        beyond(self, other.under).cmp(&beyond(other, self.under))
    }

    fn checked(over: Option<i128>, under: Option<i128>) -> Result<Self, MoneyError> {
        let (over, under) = over.zip(under).ok_or(MoneyError::Overflow)?;
        if under < LARGE {
            return Ok(Self { over, under });
        }
        let shared = greatest_common_divisor(over.unsigned_abs(), under.unsigned_abs());
        let shared = i128::try_from(shared).map_err(|_| MoneyError::Overflow)?;
        Ok(Self {
            over: over / shared,
            under: under / shared,
        })
    }
}

fn whole(number: i128) -> Result<i64, MoneyError> {
    i64::try_from(number).map_err(|_| MoneyError::Overflow)
}

fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 {
        a
    } else {
        greatest_common_divisor(b, a % b)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_round_away_from_zero_and_floors_down() {
        let half = |over| Fraction { over, under: 2 };
        assert_eq!(half(5).half_up(), Ok(3));
        assert_eq!(half(-5).half_up(), Ok(-3));
        assert_eq!(half(5).floor(), Ok(2));
        assert_eq!(half(-5).floor(), Ok(-3));
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let huge = Fraction {
            over: i128::MAX / 2,
            under: 1,
        };
        assert_eq!(huge.times(huge), Err(MoneyError::Overflow));
        assert_eq!(huge.floor(), Err(MoneyError::Overflow));
    }

    proptest! {
        #[test]
        fn dividing_undoes_multiplying(a in -1_000_000_i64..1_000_000, points in 1_i32..100_000) {
            let start = Fraction::whole(a);
            let back = start.times(Fraction::points(points)).unwrap().by(Fraction::points(points)).unwrap();
            prop_assert_eq!(back.half_up().unwrap(), a);
            prop_assert_eq!(back.floor().unwrap(), a);
        }

        #[test]
        fn adding_then_taking_away_gives_the_start(a in -1_000_000_i64..1_000_000, points in 1_i32..100_000) {
            let start = Fraction::whole(a);
            let other = Fraction::points(points);
            prop_assert_eq!(start.plus(other).unwrap().minus(other).unwrap().half_up().unwrap(), a);
        }
    }
}
