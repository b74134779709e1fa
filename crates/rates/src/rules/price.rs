use chrono::NaiveDate;
use motel_kernel::{Money, MoneyError, Party, StayDates, UnitGroupId};

use super::tax::tax_within;
use crate::{
    Charges, FeeLine, GroupRate, NightPart, NightPrice, PartKind, RateTable, StayPrice, TaxLine,
};

/// Why a stay has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unpriced {
    /// No rate is valid on a night; that means not for sale, never free of charge.
    #[error("no rate is valid on {night}")]
    NoRate {
        /// The first such night.
        night: NaiveDate,
    },
    /// Every rate of some night asks for a longer stay.
    #[error("the shortest stay is {nights} nights")]
    MinimumStay {
        /// The fewest nights.
        nights: u32,
    },
    /// Some night has no rate that allows so long a stay.
    #[error("the longest stay is {nights} nights")]
    MaximumStay {
        /// The most nights.
        nights: u32,
    },
    /// Amounts that cannot be put together.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What a stay in a unit group costs, and every component of it.
///
/// - **A night** costs the lowest rate of the group whose plan prices that day of the week, which is valid on that night
///   and allows a stay of that length. Rates are whole minor units, so nothing is rounded here.
/// - **The pet fee** is flat per night as soon as there is a pet, however many.
/// - **The subtotal** is the sum of the nights and the pet fee.
/// - **The tax** is reckoned once, on the subtotal, and rounded half up to the minor unit: on top of it, or out of it
///   where prices hold the tax already. Tax per night is not rounded anywhere, so a stay may differ by a cent from the
///   sum of its nights bought one by one.
/// - **The total** is the subtotal and the tax on top.
pub fn price_stay(
    rates: &RateTable,
    group: UnitGroupId,
    stay: StayDates,
    party: Party,
    charges: &Charges,
) -> Result<StayPrice, Unpriced> {
    let nights = stay
        .nights()
        .map(|night| price_night(rates, group, night, stay.night_count()))
        .collect::<Result<Vec<_>, _>>()?;
    let currency = charges.pet_fee_per_night.currency();
    let pet_nights = if party.pets() > 0 {
        stay.night_count()
    } else {
        0
    };
    let pet_fee = charges.pet_fee_per_night.times(pet_nights.into())?;
    let room = Money::total(nights.iter().map(|night| night.price), currency)?;
    let subtotal = room.plus(pet_fee)?;
    let (tax, included_tax) = taxes(subtotal, charges)?;
    Ok(StayPrice {
        fees: pet_fees(stay, pet_nights, charges),
        taxes: tax_lines(tax, included_tax),
        promo: None,
        nights,
        pet_fee,
        subtotal,
        tax,
        included_tax,
        total: subtotal.plus(tax)?,
    })
}

fn pet_fees(stay: StayDates, pet_nights: u32, charges: &Charges) -> Vec<FeeLine> {
    let amount = charges.pet_fee_per_night;
    if amount.is_zero() || pet_nights == 0 {
        return Vec::new();
    }
    let line = |night| FeeLine {
        code: "pets".to_owned(),
        name: "Pet fee".to_owned(),
        date: Some(night),
        amount,
    };
    stay.nights().map(line).collect()
}

fn tax_lines(on_top: Money, within: Money) -> Vec<TaxLine> {
    let line = |(amount, included): (Money, bool)| TaxLine {
        code: "tax".to_owned(),
        name: "Tax".to_owned(),
        date: None,
        amount,
        included,
    };
    [(on_top, false), (within, true)]
        .into_iter()
        .filter(|(amount, _)| !amount.is_zero())
        .map(line)
        .collect()
}

/// Tax on top of the subtotal, and tax within it.
fn taxes(subtotal: Money, charges: &Charges) -> Result<(Money, Money), MoneyError> {
    let none = Money::zero(subtotal.currency());
    Ok(if charges.tax_included {
        (none, tax_within(subtotal, charges.tax)?)
    } else {
        (subtotal.share(charges.tax)?, none)
    })
}

fn price_night(
    rates: &RateTable,
    group: UnitGroupId,
    night: NaiveDate,
    stay_nights: u32,
) -> Result<NightPrice, Unpriced> {
    let lowest = rates
        .on(group, night)
        .filter(|rate| (rate.min_nights..=rate.max_nights).contains(&stay_nights))
        .min_by_key(|rate| (rate.amount.minor(), &rate.plan_code));
    match lowest {
        Some(rate) => Ok(NightPrice {
            date: night,
            rate_plan: rate.plan_code.clone(),
            price: rate.amount,
            parts: vec![NightPart {
                kind: PartKind::Base,
                of: None,
                amount: rate.amount,
            }],
        }),
        None => Err(why_not(rates.on(group, night), night, stay_nights)),
    }
}

/// None of `candidates` allows the stay's length. What is asked for is the least the guest would have to change.
fn why_not<'a>(
    candidates: impl Iterator<Item = &'a GroupRate>,
    night: NaiveDate,
    stay_nights: u32,
) -> Unpriced {
    let candidates: Vec<_> = candidates.collect();
    let too_short = candidates
        .iter()
        .map(|rate| rate.min_nights)
        .filter(|fewest| *fewest > stay_nights);
    let too_long = candidates
        .iter()
        .map(|rate| rate.max_nights)
        .filter(|most| *most < stay_nights);
    match (too_short.min(), too_long.max()) {
        (Some(nights), _) => Unpriced::MinimumStay { nights },
        (None, Some(nights)) => Unpriced::MaximumStay { nights },
        (None, None) => Unpriced::NoRate { night },
    }
}

#[cfg(test)]
#[path = "price_tests.rs"]
mod tests;
