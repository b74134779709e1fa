use motel_kernel::Currency;

use crate::{AgeBand, Charge, FeeDetails, LevyError, TaxDetails, Validity};

/// The most taxes, and the most fees, of one property.
const MOST: usize = 100;

/// What has to hold before taxes can be put in order.
pub(crate) fn check(
    currency: Currency,
    taxes: &[TaxDetails],
    fees: &[FeeDetails],
) -> Result<(), LevyError> {
    if taxes.len() > MOST || fees.len() > MOST {
        return Err(LevyError::TooMany { most: MOST });
    }
    let periods: Vec<_> = taxes.iter().map(|tax| (&*tax.code, tax.validity)).collect();
    one_at_a_time(&periods)?;
    let periods: Vec<_> = fees.iter().map(|fee| (&*fee.code, fee.validity)).collect();
    one_at_a_time(&periods)?;
    for tax in taxes {
        charge(currency, &tax.code, tax.charge)?;
        bands(&tax.code, tax.charge, &tax.age_bands)?;
        bases(taxes, tax)?;
    }
    for fee in fees {
        charge(currency, &fee.code, fee.charge)?;
        bands(&fee.code, fee.charge, &fee.age_bands)?;
    }
    Ok(())
}

fn one_at_a_time(periods: &[(&str, Validity)]) -> Result<(), LevyError> {
    for (place, (code, validity)) in periods.iter().enumerate() {
        let mut others = periods.iter().skip(place + 1);
        if others.any(|(other, when)| other == code && when.overlaps(*validity)) {
            return Err(LevyError::Overlapping {
                code: (*code).to_owned(),
            });
        }
    }
    Ok(())
}

fn charge(currency: Currency, code: &str, charge: Charge) -> Result<(), LevyError> {
    match charge {
        Charge::Flat { amount, .. } if amount.currency() != currency => {
            Err(LevyError::ForeignCurrency {
                code: code.to_owned(),
                currency: amount.currency(),
            })
        }
        _ => Ok(()),
    }
}

fn bands(code: &str, charge: Charge, bands: &[AgeBand]) -> Result<(), LevyError> {
    let counts_people = matches!(charge, Charge::Flat { per, .. } if per.counts_people());
    if bands.is_empty() || counts_people {
        return Ok(());
    }
    Err(LevyError::AgesWithoutPeople {
        code: code.to_owned(),
    })
}

/// What a tax is reckoned on has to be there, and a tax within prices can only be reckoned on others within them.
fn bases(taxes: &[TaxDetails], tax: &TaxDetails) -> Result<(), LevyError> {
    let flat = matches!(tax.charge, Charge::Flat { .. });
    for base in &tax.on_top_of {
        let mut named = taxes.iter().filter(|other| other.code == *base).peekable();
        let (code, base) = (tax.code.clone(), base.clone());
        if named.peek().is_none() {
            return Err(LevyError::UnknownBase { code, base });
        }
        if flat || (tax.included && named.any(|other| !other.included)) {
            return Err(LevyError::ImpossibleBase { code, base });
        }
    }
    Ok(())
}
