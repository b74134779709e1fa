//! Pure rules: which lines a folio lacks, and what a gateway's event means for a link.

mod books;
mod lines;
mod settlement;
#[cfg(test)]
mod settlement_model;
mod source;
mod stays;
mod verdict;

pub(crate) use lines::{TakenBack, reversal_of};
pub(crate) use settlement::{charge_night, settle};
pub(crate) use stays::stays;
pub(crate) use verdict::{Verdict, judge};

use motel_kernel::Money;

/// What we owe the guest: a balance below zero, turned around; else nothing.
pub fn refund_due(balance: Money) -> Money {
    Money::new(balance.minor().min(0).saturating_neg(), balance.currency())
}
