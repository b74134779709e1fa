use chrono::NaiveDate;
use motel_kernel::{Money, MoneyError};

use super::apportion::apportion;
use super::fraction::Fraction;
use super::quantity::each_time;
use crate::{Charge, Rounding, TaxDetails, TaxLine, TaxableStay};

/// Something that is taxed: a night, or a fee.
pub(super) struct Item {
    pub(super) date: NaiveDate,
    pub(super) price: Money,
    pub(super) is_fee: bool,
}

/// A tax of an item is `share` of its net price and `flat` besides, both exact.
#[derive(Clone, Copy)]
struct Coefficient {
    share: Fraction,
    flat: Fraction,
}

/// What a tax comes to on each date, exactly; without a date what it comes to for the whole stay.
struct Exact<'a> {
    tax: &'a TaxDetails,
    parts: Vec<(Option<NaiveDate>, Fraction)>,
}

/// The lines of all taxes. `taxes` are in an order in which they can be reckoned.
pub(super) fn lines(
    taxes: &[TaxDetails],
    items: &[Item],
    stay: &TaxableStay<'_>,
) -> Result<Vec<TaxLine>, MoneyError> {
    let mut exact: Vec<_> = taxes
        .iter()
        .map(|tax| Exact {
            tax,
            parts: Vec::new(),
        })
        .collect();
    for item in items {
        reckon_item(&mut exact, item, stay)?;
    }
    let lines: Vec<Vec<TaxLine>> = exact
        .into_iter()
        .map(|exact| exact.rounded(stay))
        .collect::<Result<_, _>>()?;
    Ok(lines.into_iter().flatten().collect())
}

/// The item's price is `net + Σ (share × net + flat)` over the taxes it holds, which gives the net price; and that
/// gives every tax.
fn reckon_item(
    exact: &mut [Exact<'_>],
    item: &Item,
    stay: &TaxableStay<'_>,
) -> Result<(), MoneyError> {
    let coefficients = coefficients(exact, item, stay)?;
    let (mut shares, mut flats) = (Fraction::ONE, Fraction::ZERO);
    for (exact, coefficient) in exact.iter().zip(&coefficients) {
        if let (true, Some(within)) = (exact.tax.included, coefficient) {
            shares = shares.plus(within.share)?;
            flats = flats.plus(within.flat)?;
        }
    }
    let net = Fraction::whole(item.price.minor())
        .minus(flats)?
        .by(shares)?;
    for (exact, coefficient) in exact.iter_mut().zip(&coefficients) {
        if let Some(coefficient) = coefficient {
            let amount = coefficient.share.times(net)?.plus(coefficient.flat)?;
            exact.add(item.date, amount)?;
        }
    }
    Ok(())
}

/// Of each tax; none where it is not charged on the item.
fn coefficients(
    exact: &[Exact<'_>],
    item: &Item,
    stay: &TaxableStay<'_>,
) -> Result<Vec<Option<Coefficient>>, MoneyError> {
    let mut known: Vec<Option<Coefficient>> = Vec::with_capacity(exact.len());
    for Exact { tax, .. } in exact {
        let coefficient = if is_charged(tax, item, stay) {
            let bases = exact.iter().zip(&known);
            let bases = bases.filter(|(base, _)| tax.on_top_of.contains(&base.tax.code));
            Some(of_tax(
                tax,
                bases.filter_map(|(_, base)| *base),
                item,
                stay,
            )?)
        } else {
            None
        };
        known.push(coefficient);
    }
    Ok(known)
}

fn of_tax(
    tax: &TaxDetails,
    bases: impl Iterator<Item = Coefficient>,
    item: &Item,
    stay: &TaxableStay<'_>,
) -> Result<Coefficient, MoneyError> {
    let rate = match tax.charge {
        Charge::Percent(rate) => Fraction::points(rate.value()),
        Charge::Flat { amount, per } => {
            let falls_here = per.is_nightly() || stay.arrival() == Some(item.date);
            let flat = if falls_here && !item.is_fee {
                each_time(amount, per, &tax.age_bands, stay)?
            } else {
                Fraction::ZERO
            };
            let share = Fraction::ZERO;
            return Ok(Coefficient { share, flat });
        }
    };
    let (mut share, mut flat) = (Fraction::ONE, Fraction::ZERO);
    for base in bases {
        share = share.plus(base.share)?;
        flat = flat.plus(base.flat)?;
    }
    Ok(Coefficient {
        share: rate.times(share)?,
        flat: rate.times(flat)?,
    })
}

fn is_charged(tax: &TaxDetails, item: &Item, stay: &TaxableStay<'_>) -> bool {
    let exempt = tax
        .exempt_flags
        .iter()
        .any(|flag| stay.flags.contains(flag));
    let too_late = tax.max_nights.is_some_and(|most| {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        stay.nth(item.date).is_none_or(|nth| nth >= most)
    });
    !exempt && !too_late && tax.validity.includes(item.date) && (tax.covers_fees || !item.is_fee)
}

impl Exact<'_> {
    fn add(&mut self, date: NaiveDate, amount: Fraction) -> Result<(), MoneyError> {
        let date = match self.tax.charge {
            Charge::Flat { per, .. } if !per.is_nightly() => None,
            _ => Some(date),
        };
        match self.parts.iter_mut().find(|(when, _)| *when == date) {
            Some((_, part)) => *part = part.plus(amount)?,
            None => self.parts.push((date, amount)),
        }
        Ok(())
    }

    fn rounded(mut self, stay: &TaxableStay<'_>) -> Result<Vec<TaxLine>, MoneyError> {
        self.parts.sort_by_key(|(date, _)| *date);
        let parts: Vec<_> = self.parts.iter().map(|(_, part)| *part).collect();
        let amounts = match self.tax.rounding {
            Rounding::PerStay => apportion(&parts)?,
            Rounding::PerLine => parts
                .into_iter()
                .map(Fraction::half_up)
                .collect::<Result<_, _>>()?,
        };
        let Some((_, price)) = stay.nights.first() else {
            return Ok(Vec::new());
        };
        let lines = self.parts.iter().zip(amounts);
        let lines = lines.filter(|(_, minor)| *minor != 0);
        Ok(lines
            .map(|((date, _), minor)| TaxLine {
                code: self.tax.code.clone(),
                name: self.tax.name.clone(),
                date: *date,
                amount: Money::new(minor, price.currency()),
                included: self.tax.included,
            })
            .collect())
    }
}
