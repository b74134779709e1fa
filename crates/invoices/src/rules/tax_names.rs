use chrono::NaiveDate;
use motel_taxes::{Charge, Levies, TaxDetails};

use crate::TaxName;

/// What the taxes of a property are called, and how much they are.
pub(crate) struct TaxNames<'a>(&'a Levies);

impl<'a> TaxNames<'a> {
    pub(crate) fn of(levies: &'a Levies) -> Self {
        Self(levies)
    }

    /// A tax as it was on that day; of one that is known no more, its code and what it was called when it was charged.
    pub(crate) fn name(&self, code: &str, date: Option<NaiveDate>, called: &str) -> TaxName {
        let known = self.find(code, date);
        let rate = known.and_then(|tax| match tax.charge {
            Charge::Percent(rate) => Some(rate),
            Charge::Flat { .. } => None,
        });
        TaxName {
            code: code.to_owned(),
            name: known.map_or_else(|| called.to_owned(), |tax| tax.name.clone()),
            rate,
        }
    }

    /// Without a day only a tax that was the same at all times is sure.
    fn find(&self, code: &str, date: Option<NaiveDate>) -> Option<&TaxDetails> {
        let mut of_code = self.0.taxes().iter().filter(|tax| tax.code == code);
        match date {
            Some(date) => of_code.find(|tax| tax.validity.includes(date)),
            None => {
                let only = of_code.next();
                only.filter(|_| of_code.next().is_none())
            }
        }
    }
}
