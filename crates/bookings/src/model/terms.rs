use chrono::{DateTime, Duration, NaiveTime, Utc};
use motel_kernel::{BasisPoints, Money, MoneyError, StayDates};
use motel_rates::StayPrice;
use motel_tenancy::{LateFee, Property};
use serde::{Deserialize, Serialize};

/// What was agreed about coming, leaving and changing one's mind. It is kept with the reservation: a policy that changes
/// later does not touch it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// From when on the unit is theirs on the day of arrival, on the wall clock of the property.
    pub check_in: NaiveTime,
    /// Until when on the day of departure.
    pub check_out: NaiveTime,
    /// What cancelling costs from when on, in order of time. Before the first step it is free.
    pub cancellation: Vec<CancellationStep>,
    /// What not coming costs.
    pub no_show_fee: Money,
}

/// From some moment on, cancelling costs this much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancellationStep {
    /// The first moment.
    pub from: DateTime<Utc>,
    /// How much.
    pub fee: Money,
}

impl Terms {
    /// The terms of a property's policy for a stay at a price.
    pub fn of(property: &Property, stay: StayDates, price: &StayPrice) -> Result<Self, MoneyError> {
        let rule = property.policies.cancellation.as_ref();
        let hours = rule.map_or(0, |policy| policy.free_until_hours);
        let late = rule.map_or(LateFee::None, |policy| policy.late_fee);
        let no_show = rule.and_then(|policy| policy.no_show_fee).unwrap_or(late);
        Ok(Self {
            check_in: property.check_in,
            check_out: property.check_out,
            cancellation: vec![CancellationStep {
                from: property.check_in_at(stay.arrival()) - Duration::hours(hours.into()),
                fee: fee(late, property, price)?,
            }],
            no_show_fee: fee(no_show, property, price)?,
        })
    }

    /// Until when cancelling is free: the first step, whatever it costs.
    pub fn free_cancellation_until(&self) -> Option<DateTime<Utc>> {
        self.cancellation.first().map(|step| step.from)
    }

    /// What cancelling costs at `now`.
    pub fn cancellation_fee(&self, now: DateTime<Utc>) -> Money {
        let begun = self.cancellation.iter().rev().find(|step| step.from <= now);
        begun.map_or(Money::zero(self.no_show_fee.currency()), |step| step.fee)
    }
}

/// Never more than the stay itself.
fn fee(kind: LateFee, property: &Property, price: &StayPrice) -> Result<Money, MoneyError> {
    let fee = match kind {
        LateFee::None => Money::zero(price.total.currency()),
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
