use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::Money;

use super::{Period, StatementId, money};
use crate::PlansError;
use crate::schema::{receivables, statements};

motel_db::text_enum! {
    /// What a line of a statement is for.
    pub enum LineKind {
        /// The plan, for the period that begins.
        Subscription = "subscription",
        /// What was used beyond it in the period that ended.
        Overage = "overage",
        /// A change of plan in that period.
        Proration = "proration",
        /// Something that was owed back, or is kept for the next statement.
        Credit = "credit",
    }
}

motel_db::text_enum! {
    /// What was done last about a statement that is not paid.
    pub enum Stage {
        /// Nothing yet.
        New = "new",
        /// It was sent.
        Issued = "issued",
        /// Its owner was reminded.
        Reminded = "reminded",
        /// Its owner was reminded again, and the subscription counts as past due.
        PastDue = "past_due",
        /// The subscription was suspended.
        Suspended = "suspended",
    }
}

/// What a business is asked to pay, as it was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Which.
    pub id: StatementId,
    /// Its number, without gaps in its year: `RM-2026-000123`.
    pub number: String,
    /// The period whose price it asks for; empty on the last one.
    pub period: Period,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// Until when it is to be paid.
    pub due_at: DateTime<Utc>,
    /// How much.
    pub total: Money,
    /// How far it is from being paid.
    pub stage: Stage,
    /// Since when it is paid.
    pub paid_at: Option<DateTime<Utc>>,
}

/// A line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// What it is for.
    pub kind: LineKind,
    /// In words.
    pub description: String,
    /// How many units, where it counts some.
    pub quantity: Option<i64>,
    /// Below nothing when it is owed to the business.
    pub amount: Money,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = statements, check_for_backend(diesel::pg::Pg))]
pub(crate) struct StatementRow {
    id: StatementId,
    year: i16,
    sequence: i32,
    period_start: DateTime<Utc>,
    period_end: DateTime<Utc>,
    issued_at: DateTime<Utc>,
    due_at: DateTime<Utc>,
    total_minor: i64,
    currency: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = receivables, check_for_backend(diesel::pg::Pg))]
pub(crate) struct ReceivableRow {
    stage: Stage,
    paid_at: Option<DateTime<Utc>>,
}

impl Statement {
    pub(crate) fn read(row: StatementRow, owed: ReceivableRow) -> Result<Self, PlansError> {
        Ok(Self {
            id: row.id,
            number: format!("RM-{}-{:06}", row.year, row.sequence),
            period: Period {
                start: row.period_start,
                end: row.period_end,
            },
            issued_at: row.issued_at,
            due_at: row.due_at,
            total: money(row.total_minor, &row.currency)?,
            stage: owed.stage,
            paid_at: owed.paid_at,
        })
    }
}
