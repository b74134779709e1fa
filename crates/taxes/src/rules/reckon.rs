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
    let mut items = nights(levies, stay)?;
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

/// What [`reckon`] answers for the nights alone, without any fee.
///
/// # Errors
/// As for [`reckon`].
pub fn reckon_nights(levies: &Levies, stay: &TaxableStay<'_>) -> Result<Reckoned, MoneyError> {
    Ok(Reckoned {
        fees: Vec::new(),
        pet_fee: Money::zero(levies.currency()),
        taxes: taxes::lines(levies.taxes(), &nights(levies, stay)?, stay)?,
    })
}

fn nights(levies: &Levies, stay: &TaxableStay<'_>) -> Result<Vec<Item>, MoneyError> {
    let zero = Money::zero(levies.currency());
    let items = stay.nights.iter().map(|(date, price)| {
        Ok(Item {
            date: *date,
            price: zero.plus(*price)?,
            is_fee: false,
        })
    });
    items.collect()
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
