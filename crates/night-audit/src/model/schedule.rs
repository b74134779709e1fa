use chrono::{DateTime, NaiveTime, Utc};
use diesel::prelude::*;

use crate::schema::schedules;

/// When a property's days are closed by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = schedules)]
pub struct Schedule {
    /// Whether they are at all.
    pub automatic: bool,
    /// At what time on the property's wall clock, the morning after.
    pub at: NaiveTime,
    /// When the open day is to be closed, by the property's clock.
    pub next_due_at: DateTime<Utc>,
    /// Grows with every change.
    pub version: i32,
}
