use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use motel_kernel::{PropertyId, ReservationId, StaffId, TaskId, UnitId};

use crate::schema::tasks;

motel_db::text_enum! {
    /// Why a unit is cleaned.
    pub enum TaskKind {
        /// The guest has left.
        Departure = "departure",
        /// The guest stays.
        StayOver = "stay_over",
        /// The guest stays and gets fresh linen.
        LinenChange = "linen_change",
    }
}

motel_db::text_enum! {
    /// How far a task is.
    pub enum TaskStatus {
        /// Nobody has it.
        Open = "open",
        /// Somebody has it and has not begun.
        Assigned = "assigned",
        /// Somebody is at it.
        InProgress = "in_progress",
        /// The unit is clean.
        Done = "done",
        /// A second pair of eyes has seen that it is.
        Inspected = "inspected",
    }
}

motel_db::text_enum! {
    /// A step of a task.
    pub enum TaskAction {
        /// Give it to somebody, or to nobody.
        Assign = "assign",
        /// Begin.
        Start = "start",
        /// The unit is clean.
        Done = "done",
        /// Look at it: it is well, or not.
        Inspect = "inspect",
        /// It has to be done again.
        Reopen = "reopen",
    }
}

impl TaskStatus {
    /// What is still to be done.
    pub const UNFINISHED: [Self; 3] = [Self::Open, Self::Assigned, Self::InProgress];
    /// What nobody has begun.
    pub const UNTOUCHED: [Self; 2] = [Self::Open, Self::Assigned];
}

impl TaskAction {
    pub(crate) fn participle(self) -> &'static str {
        match self {
            Self::Assign => "assigned",
            Self::Start => "started",
            Self::Done => "done",
            Self::Inspect => "inspected",
            Self::Reopen => "reopened",
        }
    }
}

/// A unit to clean on a day.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = tasks, check_for_backend(diesel::pg::Pg))]
pub struct Task {
    /// Which task.
    pub id: TaskId,
    /// Where.
    #[diesel(column_name = property_id)]
    pub property: PropertyId,
    /// Which unit.
    #[diesel(column_name = unit_id)]
    pub unit: UnitId,
    /// On which day at the property. A unit has one task of a kind a day.
    pub date: NaiveDate,
    /// Why.
    pub kind: TaskKind,
    /// How far it is.
    pub status: TaskStatus,
    /// Who does it, or did.
    pub assignee: Option<StaffId>,
    /// 1: somebody arrives in the unit that day; 2: a guest has left; 3: a guest stays.
    pub priority: i16,
    /// About how long it takes.
    pub minutes: i16,
    /// What should be known about it; may be empty.
    pub note: String,
    /// Whose stay makes it necessary.
    #[diesel(column_name = reservation_id)]
    pub reservation: Option<ReservationId>,
    /// When it was begun.
    pub started_at: Option<DateTime<Utc>>,
    /// When the unit was clean.
    pub done_at: Option<DateTime<Utc>>,
    /// When it passed inspection.
    pub inspected_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
    /// Grows by one with every change.
    pub version: i32,
}
