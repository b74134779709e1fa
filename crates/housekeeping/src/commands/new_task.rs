use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_inventory::UnitCondition;
use motel_inventory::commands::set_condition;
use motel_kernel::{PropertyId, ReservationId, TaskId, UnitId};

use crate::schema::tasks;
use crate::{HousekeepingError, Task, TaskKind, TaskStatus};

/// A task to be.
pub(super) struct NewTask {
    pub(super) property: PropertyId,
    pub(super) unit: UnitId,
    pub(super) date: NaiveDate,
    pub(super) kind: TaskKind,
    pub(super) priority: i16,
    pub(super) minutes: i16,
    pub(super) reservation: ReservationId,
}

impl NewTask {
    /// Writes it and marks the unit dirty, unless the unit has a task of that kind that day: then `None`.
    pub(super) async fn write(
        &self,
        tx: &mut TenantTx,
        now: DateTime<Utc>,
    ) -> Result<Option<Task>, HousekeepingError> {
        let row = (
            tasks::tenant_id.eq(tx.tenant()),
            tasks::id.eq(TaskId::new()),
            tasks::property_id.eq(self.property),
            tasks::unit_id.eq(self.unit),
            tasks::date.eq(self.date),
            tasks::kind.eq(self.kind),
            tasks::status.eq(TaskStatus::Open),
            tasks::priority.eq(self.priority),
            tasks::minutes.eq(self.minutes),
            tasks::reservation_id.eq(self.reservation),
            tasks::created_at.eq(now),
            tasks::updated_at.eq(now),
        );
        let made = diesel::insert_into(tasks::table)
            .values(row)
            .on_conflict_do_nothing()
            .returning(Task::as_returning())
            .get_result(tx.conn())
            .await
            .optional()?;
        if made.is_some() {
            set_condition(tx, self.unit, UnitCondition::Dirty, None).await?;
        }
        Ok(made)
    }
}
