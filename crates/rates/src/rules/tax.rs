use motel_kernel::{BasisPoints, Money, MoneyError};

/// The part of a price that is tax, when the price holds it already: `gross × rate / (1 + rate)`, rounded half away
/// from zero to the minor unit.
pub(crate) fn tax_within(gross: Money, rate: BasisPoints) -> Result<Money, MoneyError> {
    let whole = i128::from(BasisPoints::WHOLE) + i128::from(rate.value());
    let scaled = i128::from(gross.minor()) * i128::from(rate.value());
    let rounded = (2 * scaled + whole * scaled.signum()) / (2 * whole);
    let minor = i64::try_from(rounded).map_err(|_| MoneyError::Overflow)?;
    Ok(Money::new(minor, gross.currency()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use motel_kernel::Currency;
    use proptest::prelude::*;

    use super::*;

    fn within(gross: i64, points: u32) -> i64 {
        let rate = BasisPoints::new(points).unwrap();
        tax_within(Money::new(gross, Currency::USD), rate)
            .unwrap()
            .minor()
    }

    #[test]
    fn five_per_cent_within_105_are_5() {
        assert_eq!(within(10_500, 500), 500);
        assert_eq!(within(10_000, 0), 0);
        // 100 × 0.12 / 1.12 = 10.714…
        assert_eq!(within(100, 1_200), 11);
    }

    proptest! {
        #[test]
        fn net_and_tax_are_the_gross_and_the_tax_fits_the_net(gross in 0_i64..100_000_000, points in 0_u32..10_000) {
            let tax = within(gross, points);
            let net = gross - tax;
            let rate = BasisPoints::new(points).unwrap();
            let on_top = Money::new(net, Currency::USD).share(rate).unwrap().minor();
            prop_assert!((on_top - tax).abs() <= 1, "{gross} = {net} + {tax}, but the tax on {net} is {on_top}");
        }
    }
}
