use chrono::NaiveDate;
use motel_kernel::Money;

use super::posting::Line;
use crate::{Posting, PostingKind};

/// A booking's money as it stands: what is in the books and what is still to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The lines in the order they were posted.
    pub postings: Vec<Posting>,
    /// What is owed already and posted later: each night when it is charged, the rest at check-out.
    pub pending: Vec<PendingLine>,
    /// The sum of the lines that are posted.
    pub posted: Money,
    /// What the guest owes with what is still to come; below zero, what we owe the guest.
    pub balance: Money,
}

/// A line that is still to be posted. It is no entry: when the booking changes, it changes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingLine {
    /// What it is for.
    pub kind: PostingKind,
    /// A few words for the guest.
    pub description: String,
    /// The night it is about, where there is one.
    pub service_date: Option<NaiveDate>,
    /// How much.
    pub amount: Money,
}

impl From<Line> for PendingLine {
    fn from(line: Line) -> Self {
        Self {
            kind: line.kind,
            description: line.description,
            service_date: line.service_date,
            amount: line.amount,
        }
    }
}
