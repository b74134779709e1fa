use chrono::NaiveDate;
use motel_kernel::{Money, MoneyError};

use super::quantity::each_time;
use crate::{Charge, FeeDetails, FeeLine, FeeOccasion, TaxableStay};

/// The lines of a fee: one a night, or one for the whole stay. Each is rounded half up.
pub(super) fn lines(fee: &FeeDetails, stay: &TaxableStay<'_>) -> Result<Vec<FeeLine>, MoneyError> {
    if fee.occasion == FeeOccasion::Pets && stay.party.pets() == 0 {
        return Ok(Vec::new());
    }
    let nights = stay
        .nights
        .iter()
        .filter(|(date, _)| fee.validity.includes(*date));
    match fee.charge {
        Charge::Percent(rate) => nights
            .map(|(date, price)| Ok(line(fee, Some(*date), price.share(rate)?)))
            .filter(is_something)
            .collect(),
        Charge::Flat { amount, per } => {
            let minor = each_time(amount, per, &fee.age_bands, stay)?.half_up()?;
            let each = Money::new(minor, amount.currency());
            let dates: Vec<Option<NaiveDate>> = if per.is_nightly() {
                nights.map(|(date, _)| Some(*date)).collect()
            } else {
                let arrival = stay.arrival().filter(|day| fee.validity.includes(*day));
                arrival.map(|_| None).into_iter().collect()
            };
            let lines = dates.into_iter().map(|date| Ok(line(fee, date, each)));
            lines.filter(is_something).collect()
        }
    }
}

fn line(fee: &FeeDetails, date: Option<NaiveDate>, amount: Money) -> FeeLine {
    FeeLine {
        code: fee.code.clone(),
        name: fee.name.clone(),
        date,
        amount,
    }
}

fn is_something(line: &Result<FeeLine, MoneyError>) -> bool {
    !matches!(line, Ok(line) if line.amount.is_zero())
}
