//! Pure rules: which lines a folio lacks, what they come to in the ledger, and what a gateway's event means for a link.

mod books;
mod contra;
mod doubt;
mod due;
mod intent_state;
mod journal;
#[cfg(test)]
mod journal_model;
mod lines;
mod money_back;
mod patience;
mod refundable;
mod reminders;
mod routing;
mod settlement;
#[cfg(test)]
mod settlement_model;
mod source;
mod statement;
mod stays;
mod verdict;

pub(crate) use doubt::Doubt;
pub(crate) use due::{due, is_fit, paid, terms_of};
pub use intent_state::IntentState;
pub(crate) use intent_state::{Happening, MoneyStands};
pub(crate) use journal::entry_lines;
pub(crate) use lines::{TakenBack, reversal_of};
pub(crate) use money_back::{dispute_lines, refund_line, share_out};
pub(crate) use patience::{account_of, wait_after};
pub(crate) use refundable::{is_tender, refundable, standing};
pub(crate) use reminders::{first_reminder, next_reminder};
pub(crate) use routing::{Routing, moved, transfer};
pub(crate) use settlement::{Pending, charge_night, settle};
pub(crate) use statement::statement;
pub(crate) use stays::stays;
pub(crate) use verdict::{Verdict, judge};

use motel_kernel::Money;

/// What we owe the guest: a balance below zero, turned around; else nothing.
pub fn refund_due(balance: Money) -> Money {
    Money::new(balance.minor().min(0).saturating_neg(), balance.currency())
}
