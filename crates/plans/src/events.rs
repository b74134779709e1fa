//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use chrono::{DateTime, Utc};
use motel_jobs::Event;
use motel_kernel::Money;
use serde::{Deserialize, Serialize};

use crate::{Stage, StatementId};

/// A statement was issued, or is still not paid when it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementDue {
    /// Which.
    pub statement_id: StatementId,
    /// What is to be told about it.
    pub stage: Stage,
}

/// A share of the owner's budget was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetReached {
    /// In the period that began then.
    pub period_start: DateTime<Utc>,
    /// Percent: 50, 80 or 100.
    pub threshold: i16,
    /// What was spent by then beyond the plan's price.
    pub spent: Money,
    /// The budget.
    pub budget: Money,
}

impl Event for StatementDue {
    const KIND: &'static str = "statement.due";
}

impl Event for BudgetReached {
    const KIND: &'static str = "budget.reached";
}
