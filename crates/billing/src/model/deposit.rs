use chrono::{DateTime, Utc};
use motel_kernel::{BasisPoints, Money};

/// How much guests pay as soon as they have booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deposit {
    /// Everything.
    Whole,
    /// A share of the price, at most all of it, and the rest so many days before the day of arrival.
    Share {
        /// The share.
        share: BasisPoints,
        /// How many days, from 0 to 365.
        rest_due_days: u16,
    },
    /// The first night of each stay with what is charged with it, and the rest so many days before the day of arrival.
    FirstNight {
        /// How many days, from 0 to 365.
        rest_due_days: u16,
    },
}

/// What the guests of a folio agreed to pay beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentTerms {
    /// Due at once.
    pub deposit: Money,
    /// When everything else is due: at midnight on the property's clock.
    pub rest_due_at: DateTime<Utc>,
}

/// What the guests of a booking are asked for. No amount is below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// What is due by now and not paid.
    pub now: Money,
    /// What is due later, and may be paid now.
    pub rest: Money,
    /// When the rest is due, if there is one.
    pub rest_due_at: Option<DateTime<Utc>>,
}

impl Due {
    /// Everything that may be paid.
    pub fn whole(&self) -> Money {
        let minor = self.now.minor().saturating_add(self.rest.minor());
        Money::new(minor, self.now.currency())
    }

    /// What a guest who wants to pay is asked for first: what is due, or else the rest.
    pub fn next(&self) -> Money {
        match self.now.is_zero() {
            true => self.rest,
            false => self.now,
        }
    }
}
