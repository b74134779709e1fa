use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use motel_db::TenantTx;
use motel_inventory::queries::{unit, units_of_property};
use motel_kernel::{PropertyId, ReservationId, StaffId, TaskId, UnitId};
use motel_web::Problem;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{HousekeepingError, Task, TaskAction, TaskKind, TaskStatus, rules};

/// A unit to clean on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskView {
    /// Which task.
    #[schema(value_type = Uuid)]
    id: TaskId,
    /// On which day at the property.
    date: NaiveDate,
    /// Which unit.
    #[schema(value_type = Uuid)]
    unit_id: UnitId,
    /// What is written on its door.
    unit_number: String,
    /// `departure`, `stay_over` or `linen_change`.
    #[schema(value_type = String)]
    kind: TaskKind,
    /// `open`, `assigned`, `in_progress`, `done` or `inspected`.
    #[schema(value_type = String)]
    status: TaskStatus,
    /// Who of the staff does it, or did.
    #[schema(value_type = Option<Uuid>, required)]
    assignee: Option<StaffId>,
    /// 1: somebody arrives in the unit that day; 2: a guest has left; 3: a guest stays.
    #[schema(minimum = 1, maximum = 3)]
    priority: i16,
    /// About how long it takes.
    #[schema(minimum = 1, maximum = 600)]
    minutes: i16,
    /// What should be known about it; may be empty.
    note: String,
    /// Whose stay makes it necessary.
    #[schema(value_type = Option<Uuid>, required)]
    reservation_id: Option<ReservationId>,
    /// When it was begun.
    #[schema(required)]
    started_at: Option<DateTime<Utc>>,
    /// When the unit was clean.
    #[schema(required)]
    done_at: Option<DateTime<Utc>>,
    /// When it passed inspection.
    #[schema(required)]
    inspected_at: Option<DateTime<Utc>>,
    /// The `ETag`.
    version: i32,
    /// The steps it can take now: `assign`, `start`, `done`, `inspect`, `reopen`.
    #[schema(value_type = Vec<String>)]
    allowed_actions: Vec<TaskAction>,
}

impl TaskView {
    fn new(task: Task, unit_number: String) -> Self {
        Self {
            id: task.id,
            date: task.date,
            unit_id: task.unit,
            unit_number,
            kind: task.kind,
            status: task.status,
            assignee: task.assignee,
            priority: task.priority,
            minutes: task.minutes,
            note: task.note,
            reservation_id: task.reservation,
            started_at: task.started_at,
            done_at: task.done_at,
            inspected_at: task.inspected_at,
            version: task.version,
            allowed_actions: rules::allowed(task.status),
        }
    }

    /// The view of one task, with its unit looked up.
    pub(super) async fn of(tx: &mut TenantTx, task: Task) -> Result<Self, Problem> {
        let unit = unit(tx, task.unit).await.map_err(HousekeepingError::from)?;
        Ok(Self::new(
            task,
            unit.map_or_else(String::new, |unit| unit.number),
        ))
    }
}

/// What is written on the doors of a property.
pub(super) struct Doors(HashMap<UnitId, String>);

impl Doors {
    pub(super) async fn of(tx: &mut TenantTx, property: PropertyId) -> Result<Self, Problem> {
        let units = units_of_property(tx, property)
            .await
            .map_err(HousekeepingError::from)?;
        let numbers = units.into_iter().map(|unit| (unit.id, unit.number));
        Ok(Self(numbers.collect()))
    }

    pub(super) fn show(&self, task: Task) -> TaskView {
        let number = self.0.get(&task.unit).cloned().unwrap_or_default();
        TaskView::new(task, number)
    }
}
