//! Pure rules: which lines a booking makes, and what a gateway's event means for a link.

mod opening;
mod verdict;

pub(crate) use opening::opening_lines;
pub(crate) use verdict::{Verdict, judge};

use motel_kernel::Money;

/// What we owe the guest: a balance below zero, turned around; else nothing.
pub fn refund_due(balance: Money) -> Money {
    Money::new(balance.minor().min(0).saturating_neg(), balance.currency())
}
