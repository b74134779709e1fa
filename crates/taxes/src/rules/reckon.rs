use motel_kernel::{Money, MoneyError};

use super::fees;
use super::taxes::{self, Item};
use crate::{FeeLine, FeeOccasion, Levies, Reckoned, TaxableStay};

/// The fees and taxes of a stay; the rules stand in the crate's documentation.
///
/// # Errors
/// The nights are in another currency than the levies, or an amount does not fit 64 bits.
pub fn reckon(levies: &Levies, stay: &TaxableStay<'_>) -> Result<Reckoned, MoneyError> {
    let currency = levies.currency();
    let mut items = Vec::with_capacity(stay.nights.len());
    for (date, price) in stay.nights {
        let price = Money::zero(currency).plus(*price)?;
        items.push(Item {
            date: *date,
            price,
            is_fee: false,
        });
    }
    let mut reckoned = Reckoned {
        fees: Vec::new(),
        pet_fee: Money::zero(currency),
        taxes: Vec::new(),
    };
    for fee in levies.fees() {
        let lines = fees::lines(fee, stay)?;
        for line in &lines {
            if fee.occasion == FeeOccasion::Pets {
                reckoned.pet_fee = reckoned.pet_fee.plus(line.amount)?;
            }
            if fee.taxed {
                items.extend(taxed(line, stay));
            }
        }
        reckoned.fees.extend(lines);
    }
    reckoned.taxes = taxes::lines(levies.taxes(), &items, stay)?;
    Ok(reckoned)
}

/// A fee of the whole stay is a service of the day of arrival.
fn taxed(fee: &FeeLine, stay: &TaxableStay<'_>) -> Option<Item> {
    Some(Item {
        date: fee.date.or(stay.arrival())?,
        price: fee.amount,
        is_fee: true,
    })
}

#[cfg(test)]
#[path = "reckon_tests.rs"]
mod tests;
