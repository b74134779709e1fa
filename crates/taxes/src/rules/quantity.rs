use motel_kernel::{Money, MoneyError};

use super::fraction::Fraction;
use crate::{AgeBand, Per, TaxableStay};

/// What a flat amount comes to each time it is charged: exact, since a child may pay a share of it.
pub(super) fn each_time(
    amount: Money,
    per: Per,
    bands: &[AgeBand],
    stay: &TaxableStay<'_>,
) -> Result<Fraction, MoneyError> {
    let times = match per {
        Per::Stay | Per::Night => Fraction::ONE,
        Per::Unit | Per::UnitNight => Fraction::whole(stay.units.into()),
        Per::Pet | Per::PetNight => Fraction::whole(stay.party.pets().into()),
        Per::Person | Per::PersonNight => heads(bands, stay)?,
    };
    Fraction::whole(amount.minor()).times(times)
}

/// Adults count as one each, a child as much as its band pays.
fn heads(bands: &[AgeBand], stay: &TaxableStay<'_>) -> Result<Fraction, MoneyError> {
    let adults = i32::from(stay.party.adults()) * 10_000;
    let shares = stay.children().map(|age| {
        let band = bands.iter().find(|band| band.includes(age));
        band.map_or(10_000, |band| band.share.value())
    });
    Ok(Fraction::points(adults + shares.sum::<i32>()))
}
