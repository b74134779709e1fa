//! Nights sold and what they brought, by hotel and month.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::row::{Ending, Row};

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearMonth(pub i32, pub u32);

/// What was sold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sold {
    /// Room-nights.
    pub nights: i64,
    /// Room revenue in cents.
    pub revenue: i64,
}

/// What was sold in each month of a hotel. A night belongs to the month of the day it begins on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Months(pub BTreeMap<YearMonth, Sold>);

impl YearMonth {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.year(), day.month())
    }
}

impl std::fmt::Display for YearMonth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0, self.1)
    }
}

impl Sold {
    /// The average rate of a night in cents, rounded half up; `None` without nights.
    pub fn average_rate(self) -> Option<i64> {
        let doubled = self.revenue.checked_mul(2)?.checked_add(self.nights)?;
        (self.nights > 0).then(|| doubled.div_euclid(2 * self.nights))
    }
}

impl Months {
    /// What the file says of a hotel: the nights of the guests who came and left, at the rate of their booking.
    pub fn of_file<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Self {
        let mut months = Self::default();
        for row in rows {
            if row.ending == Ending::CheckedOut {
                months.add(row);
            }
        }
        months
    }

    /// Adds every night of a row.
    pub fn add(&mut self, row: &Row) {
        for day in row.days() {
            let month = self.0.entry(YearMonth::of(day)).or_default();
            month.nights += 1;
            month.revenue += row.rate;
        }
    }

    /// Adds what another one has.
    pub fn plus(mut self, other: &Self) -> Self {
        for (month, sold) in &other.0 {
            let here = self.0.entry(*month).or_default();
            here.nights += sold.nights;
            here.revenue += sold.revenue;
        }
        self
    }

    /// All months together.
    pub fn total(&self) -> Sold {
        self.0.values().fold(Sold::default(), |sum, month| Sold {
            nights: sum.nights + month.nights,
            revenue: sum.revenue + month.revenue,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn averages_are_rounded_half_up() {
        let average = |nights, revenue| Sold { nights, revenue }.average_rate();
        assert_eq!(average(2, 5), Some(3));
        assert_eq!(average(3, 10), Some(3));
        assert_eq!(average(2, -5), Some(-2));
        assert_eq!(average(0, 0), None);
    }
}
