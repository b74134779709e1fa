use chrono::NaiveDate;
use motel_kernel::{Money, MoneyError, RatePlanId, UnitGroupId};
use motel_taxes::{Levies, TaxableStay};

use super::night::{GuestPrices, Nights};
use super::promo::promo;
use super::restrictions::obstacles;
use crate::{NightPrice, PartKind, PriceRequest, PricingTable, RatePlan, Reason, StayPrice};

/// Why a stay has no price.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unpriced {
    /// It is not for sale like that. Every reason is there, at least one, each once.
    #[error("{}", .0.first().map(Reason::to_string).unwrap_or_default())]
    Refused(Vec<Reason>),
    /// Amounts that cannot be put together.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What a stay costs under a rate plan, and every component of it; or every reason why it is not for sale.
///
/// Each night, in this order:
/// 1. **Base**: the price of the group on that night, from the first plan of the chain. No base price is not for sale.
/// 2. **Season**: the one of highest priority on that night puts another price in its place or changes it.
/// 3. **Weekday**: the plan's change for the day of the week.
/// 4. **Derivation**: each further plan of the chain changes what it got, by a share and then by an amount, and then by the
///    seasons for that plan alone and by its own weekdays.
/// 5. **Occupancy**: single use, or extra adults and children. It comes before the derivation by plans that change the
///    price for all guests.
/// 6. **Length of stay**: a share off for the plan sold.
/// 7. **Promo**: a share or an amount off, down to nothing at the lowest.
/// 8. **Rounding**: once, at the end, half up to a multiple of the plan's smallest step.
///
/// Until then nothing is rounded. The parts of a night are shown rounded half up to the minor unit, each by itself, with
/// one more part for what remains: so they add up to the price. A night of which nothing remains before a promo is not for
/// sale, since it can only be a mistake, nor is one of more than a million million minor units.
///
/// Nights agreed already keep their price and are held against no restriction; a promo that does not apply any more is
/// then not taken off the new nights and is no reason to refuse them.
///
/// **Fees and taxes** are those of [`motel_taxes::reckon`], reckoned on these nights anew.
///
/// # Errors
/// [`Unpriced`]
pub fn price_stay(table: &PricingTable, request: &PriceRequest<'_>) -> Result<StayPrice, Unpriced> {
    let nights = price_nights(table, request)?;
    let promo = request.promo.filter(|_| nights.iter().any(has_promo));
    let promo = promo.map(crate::PromoCode::spelling);
    let price = with_levies(nights, table.levies(), request)?;
    Ok(StayPrice { promo, ..price })
}

fn has_promo(night: &NightPrice) -> bool {
    night.parts.iter().any(|part| part.kind == PartKind::Promo)
}

/// The nights of [`price_stay`] alone, without fees and taxes.
///
/// # Errors
/// [`Unpriced`]
pub fn price_nights(
    table: &PricingTable,
    request: &PriceRequest<'_>,
) -> Result<Vec<NightPrice>, Unpriced> {
    let agreed: Vec<_> = request
        .stay
        .nights()
        .filter_map(|night| request.agreed_price(night))
        .collect();
    if agreed.len() == request.stay.night_count() as usize {
        return Ok(agreed.into_iter().cloned().collect());
    }
    let line = table.line(request.rate_plan);
    let line: Vec<_> = line.into_iter().flatten().collect();
    let plan = line.last().copied().filter(|plan| plan.details.active);
    let Some(plan) = plan else {
        return Err(Unpriced::Refused(vec![Reason::PlanNotOnSale]));
    };
    let mut reasons = obstacles(table, &line, request);
    let promo = match promo(table, plan.id, request) {
        Ok(promo) => promo,
        Err(_) if !agreed.is_empty() => None,
        Err(against) => {
            reasons.extend(against);
            None
        }
    };
    let nights = Nights {
        table,
        guests: guest_prices(&line, request),
        line,
        plan,
        group: request.unit_group,
        length_discount: plan.details.length_discount(request.stay.night_count()),
        promo: promo.map(|promo| (promo.details.code.as_str(), promo.details.discount)),
    };
    priced(&nights, request, reasons)
}

/// What a night costs for the standard occupancy: with season, weekday and derivation, without surcharges for guests, discounts
/// and restrictions. `None` when it has no price.
///
/// # Errors
/// An amount that does not fit 64 bits.
pub fn standard_price(
    table: &PricingTable,
    plan: RatePlanId,
    group: UnitGroupId,
    night: NaiveDate,
) -> Result<Option<Money>, MoneyError> {
    let line: Vec<_> = table.line(plan).into_iter().flatten().collect();
    let Some(plan) = line.last().copied() else {
        return Ok(None);
    };
    let nights = Nights {
        table,
        line,
        plan,
        group,
        guests: None,
        length_discount: 0,
        promo: None,
    };
    Ok(nights.price(night)?.map(|night| night.price))
}

fn priced(
    nights: &Nights<'_>,
    request: &PriceRequest<'_>,
    mut reasons: Vec<Reason>,
) -> Result<Vec<NightPrice>, Unpriced> {
    let mut prices = Vec::with_capacity(request.stay.night_count() as usize);
    for night in request.stay.nights() {
        let price = match request.agreed_price(night) {
            Some(agreed) => Some(agreed.clone()),
            None => nights.price(night)?,
        };
        match price {
            Some(price) => prices.push(price),
            None => {
                reasons.push(Reason::NoRate { night });
                break;
            }
        }
    }
    if reasons.is_empty() {
        Ok(prices)
    } else {
        Err(Unpriced::Refused(reasons))
    }
}

/// The surcharges for guests: the last plan's that has any, up to the last one that does not change the price for all
/// guests.
fn guest_prices<'a>(line: &[&'a RatePlan], request: &PriceRequest<'_>) -> Option<GuestPrices<'a>> {
    let of_total = |plan: &&RatePlan| {
        let derivation = plan.details.derivation;
        derivation.is_some_and(|derivation| derivation.of_total)
    };
    let after = line.iter().rposition(|plan| !of_total(plan))?;
    let mut above = line.iter().take(after + 1).rev();
    let prices = above.find_map(|plan| plan.details.occupancy.as_ref())?;
    Some(GuestPrices {
        after,
        prices,
        guests: prices.guests(request.party, request.child_ages),
    })
}

pub(super) fn with_levies(
    nights: Vec<NightPrice>,
    levies: &Levies,
    request: &PriceRequest<'_>,
) -> Result<StayPrice, MoneyError> {
    let prices: Vec<_> = nights
        .iter()
        .map(|night| (night.date, night.price))
        .collect();
    let stay = TaxableStay {
        nights: &prices,
        party: request.party,
        child_ages: request.child_ages,
        flags: &[],
        units: 1,
    };
    let reckoned = motel_taxes::reckon(levies, &stay)?;
    let room = Money::total(prices.iter().map(|(_, price)| *price), levies.currency())?;
    let subtotal = room.plus(reckoned.fee_total()?)?;
    let tax = reckoned.tax_on_top()?;
    Ok(StayPrice {
        promo: None,
        package: None,
        pet_fee: reckoned.pet_fee,
        subtotal,
        tax,
        included_tax: reckoned.tax_within()?,
        total: subtotal.plus(tax)?,
        fees: reckoned.fees,
        taxes: reckoned.taxes,
        nights,
    })
}

#[cfg(test)]
#[path = "price_tests/mod.rs"]
mod tests;
