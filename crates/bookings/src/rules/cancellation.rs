use chrono::{DateTime, Utc};
use motel_kernel::{BasisPoints, Money, MoneyError};
use motel_rates::StayPrice;
use motel_tenancy::{LateFee, Property};

/// What cancelling costs at `now`: nothing before `free_until`, the policy's fee from then on, and never more than the
/// stay itself.
pub fn fee(
    property: &Property,
    price: &StayPrice,
    free_until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Money, MoneyError> {
    let nothing = Money::zero(price.total.currency());
    if now < free_until {
        return Ok(nothing);
    }
    let policy = property
        .policies
        .cancellation
        .as_ref()
        .map_or(LateFee::None, |policy| policy.late_fee);
    let fee = match policy {
        LateFee::None => nothing,
        LateFee::FirstNight => first_night_with_tax(property, price)?,
        LateFee::HalfOfTotal => half(price.total)?,
    };
    Ok(if fee.minor() > price.total.minor() {
        price.total
    } else {
        fee
    })
}

fn first_night_with_tax(property: &Property, price: &StayPrice) -> Result<Money, MoneyError> {
    let Some(night) = price.nights.first() else {
        return Ok(Money::zero(price.total.currency()));
    };
    if property.tax.included {
        return Ok(night.price);
    }
    night.price.plus(night.price.share(property.tax.rate)?)
}

fn half(total: Money) -> Result<Money, MoneyError> {
    let half = BasisPoints::new(BasisPoints::WHOLE / 2).map_err(|_| MoneyError::Overflow)?;
    total.share(half)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use motel_kernel::Currency;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn half_is_rounded_up_by_less_than_one_unit(minor in 0_i64..1_000_000_000) {
            let half = half(Money::new(minor, Currency::USD)).unwrap().minor();
            prop_assert!((0..=1).contains(&(half * 2 - minor)));
        }
    }
}
