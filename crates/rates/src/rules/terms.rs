use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use motel_kernel::{BasisPoints, Money, MoneyError, Party, StayDates, local_instant};
use motel_taxes::{Levies, TaxableStay, reckon_nights};
use motel_tenancy::Property;

use crate::{
    CancellationPolicyDetails, CancellationStep, FeeBasis, NightPrice, RuleStart, StayPrice, Terms,
};

/// The stay that terms are wanted for.
#[derive(Debug, Clone, Copy)]
pub struct TermsRequest<'a> {
    /// Whose check-in time and time zone count.
    pub property: &'a Property,
    /// What is charged on top of nights.
    pub levies: &'a Levies,
    /// The nights.
    pub stay: StayDates,
    /// Who comes.
    pub party: Party,
    /// The ages of the children as far as they are known.
    pub child_ages: &'a [u8],
    /// When it is booked.
    pub booked_at: DateTime<Utc>,
    /// What it costs.
    pub price: &'a StayPrice,
}

/// What a policy means for a stay, in moments and amounts.
///
/// - A rule **begins** on the property's clock: hours are elapsed hours, days are calendar days at a time on the wall. A
///   time that the clocks skip is the first one after it, one that they show twice the earlier.
/// - A **fee** is a share of what the first nights cost with the taxes on top of them, or of the total; and an amount.
///   It is rounded once, half up, and is never more than the total nor less than nothing.
/// - Of the rules that apply at a moment **the dearest counts**, so a step never makes it cheaper.
///
/// # Errors
/// Amounts of different currencies, or beyond 64 bits.
pub fn terms(
    policy: &CancellationPolicyDetails,
    request: &TermsRequest<'_>,
) -> Result<Terms, MoneyError> {
    let mut bases = Bases {
        request,
        first_nights: Vec::new(),
    };
    let mut steps = Vec::with_capacity(policy.rules.len());
    for rule in &policy.rules {
        steps.push(CancellationStep {
            from: start(rule.from, request),
            fee: bases.fee(rule.fee)?,
        });
    }
    Ok(Terms {
        check_in: request.property.check_in,
        check_out: request.property.check_out,
        cancellation: rising(steps, request),
        no_show_fee: bases.fee(policy.no_show)?,
    })
}

fn start(start: RuleStart, request: &TermsRequest<'_>) -> DateTime<Utc> {
    let (property, arrival) = (request.property, request.stay.arrival());
    let check_in = property.check_in_at(arrival);
    match start {
        RuleStart::Creation { hours_after } => {
            request.booked_at + Duration::hours(hours_after.into())
        }
        RuleStart::ArrivalHours { hours_before } => check_in - Duration::hours(hours_before.into()),
        RuleStart::ArrivalDays { days_before, at } => {
            let day = arrival.checked_sub_days(Days::new(days_before.into()));
            let at = at.unwrap_or(property.check_in);
            local_instant(day.unwrap_or(NaiveDate::MIN), at, property.timezone)
        }
    }
}

/// What the fees of one stay are shares of; the first nights are reckoned once for all rules that ask for as many.
struct Bases<'a> {
    request: &'a TermsRequest<'a>,
    first_nights: Vec<(u32, Money)>,
}

impl Bases<'_> {
    fn fee(&mut self, basis: FeeBasis) -> Result<Money, MoneyError> {
        let total = self.request.price.total;
        let rate = BasisPoints::new(basis.basis_points).map_err(|_| MoneyError::Overflow)?;
        let of = match basis.first_nights {
            None => total,
            Some(nights) if rate.value() > 0 => self.first_nights(nights)?,
            Some(_) => Money::zero(total.currency()),
        };
        let fixed = Money::new(basis.fixed_minor, total.currency());
        let fee = of.share(rate)?.plus(fixed)?;
        let bounded = fee.minor().clamp(0, total.minor().max(0));
        Ok(Money::new(bounded, total.currency()))
    }

    fn first_nights(&mut self, count: u32) -> Result<Money, MoneyError> {
        let mut known = self.first_nights.iter();
        if let Some((_, cost)) = known.find(|(nights, _)| *nights == count) {
            return Ok(*cost);
        }
        let cost = cost_of_first(count, self.request)?;
        self.first_nights.push((count, cost));
        Ok(cost)
    }
}

/// What the first nights cost with the taxes on top of them: those nights themselves, not an average.
fn cost_of_first(count: u32, request: &TermsRequest<'_>) -> Result<Money, MoneyError> {
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let nights = request.price.nights.iter().take(count);
    let nights: Vec<_> = nights
        .map(|NightPrice { date, price, .. }| (*date, *price))
        .collect();
    let stay = TaxableStay {
        nights: &nights,
        party: request.party,
        child_ages: request.child_ages,
        flags: &[],
        units: 1,
    };
    let taxes = reckon_nights(request.levies, &stay)?.tax_on_top()?;
    let room = nights.iter().map(|(_, price)| *price);
    Money::total(room, taxes.currency())?.plus(taxes)
}

/// The steps in order of time, without those that make nothing dearer.
fn rising(mut steps: Vec<CancellationStep>, request: &TermsRequest<'_>) -> Vec<CancellationStep> {
    steps.sort_by_key(|step| (step.from, std::cmp::Reverse(step.fee.minor())));
    let mut dearest = 0;
    steps.retain(|step| {
        let dearer = step.fee.minor() > dearest;
        dearest = dearest.max(step.fee.minor());
        dearer
    });
    if steps.is_empty() {
        steps.push(CancellationStep {
            from: request.property.check_in_at(request.stay.arrival()),
            fee: Money::zero(request.price.total.currency()),
        });
    }
    steps
}

#[cfg(test)]
#[path = "terms_tests.rs"]
mod tests;
