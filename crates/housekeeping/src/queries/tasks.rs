use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, StaffId, TaskId};

use crate::schema::tasks;
use crate::{HousekeepingError, Task, TaskStatus};

/// Which tasks a list shows; a field that is `None` lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskFilter {
    /// Of which day.
    pub date: Option<NaiveDate>,
    /// Whose.
    pub assignee: Option<StaffId>,
    /// How far.
    pub status: Option<TaskStatus>,
}

/// One task.
///
/// # Errors
/// [`HousekeepingError::UnknownTask`]; the database failed.
pub async fn task(tx: &mut TenantTx, id: TaskId) -> Result<Task, HousekeepingError> {
    tasks::table
        .find((tx.tenant(), id))
        .select(Task::as_select())
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(HousekeepingError::UnknownTask)
}

/// At most `limit` tasks of a property in the order they should be done, by day, priority and making, from the one after
/// `after` on.
///
/// # Errors
/// The database failed.
pub async fn tasks(
    tx: &mut TenantTx,
    property: PropertyId,
    filter: &TaskFilter,
    after: Option<(NaiveDate, i16, TaskId)>,
    limit: i64,
) -> Result<Vec<Task>, HousekeepingError> {
    let mut wanted = tasks::table
        .filter(tasks::tenant_id.eq(tx.tenant()))
        .filter(tasks::property_id.eq(property))
        .order((tasks::date, tasks::priority, tasks::id))
        .limit(limit)
        .select(Task::as_select())
        .into_boxed();
    if let Some(date) = filter.date {
        wanted = wanted.filter(tasks::date.eq(date));
    }
    if let Some(assignee) = filter.assignee {
        wanted = wanted.filter(tasks::assignee.eq(assignee));
    }
    if let Some(status) = filter.status {
        wanted = wanted.filter(tasks::status.eq(status));
    }
    if let Some((date, priority, id)) = after {
        let later_that_day = tasks::priority
            .gt(priority)
            .or(tasks::priority.eq(priority).and(tasks::id.gt(id)));
        let later = tasks::date
            .gt(date)
            .or(tasks::date.eq(date).and(later_that_day));
        wanted = wanted.filter(later);
    }
    Ok(wanted.load(tx.conn()).await?)
}
