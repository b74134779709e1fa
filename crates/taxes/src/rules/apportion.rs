use motel_kernel::MoneyError;

use super::fraction::Fraction;

/// Whole amounts for exact ones: their sum is the exact sum rounded half up, and none is a whole unit off. What is left
/// after rounding all down goes to those with the largest remainders, the earlier first.
pub(super) fn apportion(exact: &[Fraction]) -> Result<Vec<i64>, MoneyError> {
    let sum = exact
        .iter()
        .try_fold(Fraction::ZERO, |sum, part| sum.plus(*part))?
        .half_up()?;
    let mut whole = exact
        .iter()
        .map(|part| part.floor())
        .collect::<Result<Vec<_>, _>>()?;
    let left = sum - whole.iter().sum::<i64>();
    let mut order: Vec<_> = exact.iter().zip(whole.iter_mut()).collect();
    order.sort_by(|(a, _), (b, _)| b.cmp_remainder(**a));
    let lucky = usize::try_from(left).unwrap_or(0);
    for (_, amount) in order.into_iter().take(lucky) {
        *amount += 1;
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn thirds(of: i64) -> Fraction {
        Fraction::whole(of).by(Fraction::whole(3)).unwrap()
    }

    #[test]
    fn three_thirds_of_a_cent_are_a_cent_and_the_first_has_it() {
        assert_eq!(apportion(&[thirds(1); 3]).unwrap(), [1, 0, 0]);
        assert_eq!(apportion(&[thirds(1), thirds(2)]).unwrap(), [0, 1]);
        assert_eq!(apportion(&[]).unwrap(), [0_i64; 0]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_none_is_a_whole_unit_off(parts in proptest::collection::vec((-1_000_000_i64..1_000_000, 1_i64..5_000), 0..50)) {
            let exact: Vec<_> = parts.iter().map(|(a, b)| Fraction::whole(*a).by(Fraction::whole(*b)).unwrap()).collect();
            let Ok(whole) = apportion(&exact) else {
                // Fifty unlike denominators may have a product beyond 128 bits: refused, never wrong.
                return Ok(());
            };
            let sum = exact.iter().try_fold(Fraction::ZERO, |sum, part| sum.plus(*part)).unwrap();
            prop_assert_eq!(whole.iter().sum::<i64>(), sum.half_up().unwrap());
            for (whole, exact) in whole.iter().zip(exact) {
                let floor = exact.floor().unwrap();
                prop_assert!((floor..=floor + 1).contains(whole));
            }
        }
    }
}
