use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_inventory::UnitCondition;
use motel_inventory::commands::set_condition;
use motel_kernel::{Actor, StaffId, TaskId};

use crate::schema::tasks;
use crate::{HousekeepingError, Task, TaskAction, TaskStatus, rules};

/// Gives a task to somebody, or with `None` to nobody.
///
/// # Errors
/// As all steps: [`HousekeepingError::UnknownTask`], [`HousekeepingError::Stale`] when `expected` is given and not the
/// task's version, [`HousekeepingError::WrongState`]. Here also [`HousekeepingError::UnknownAssignee`].
pub async fn assign(
    tx: &mut TenantTx,
    id: TaskId,
    assignee: Option<StaffId>,
    expected: Option<i32>,
    now: DateTime<Utc>,
) -> Result<Task, HousekeepingError> {
    let mut task = locked(tx, id, expected).await?;
    task.status = stepped(&task, TaskAction::Assign, assignee.is_some())?;
    task.assignee = assignee;
    save(tx, task, now).await
}

/// Begins a task. Who begins one that nobody has gets it.
///
/// # Errors
/// As for [`assign`].
pub async fn start(
    tx: &mut TenantTx,
    id: TaskId,
    actor: Actor,
    expected: Option<i32>,
    now: DateTime<Utc>,
) -> Result<Task, HousekeepingError> {
    let mut task = locked(tx, id, expected).await?;
    task.status = stepped(&task, TaskAction::Start, true)?;
    if let (None, Actor::Staff(member)) = (task.assignee, actor) {
        task.assignee = Some(member);
    }
    task.started_at = Some(now);
    save(tx, task, now).await
}

/// Notes that a unit is clean, and marks it so unless something else is still to be done there.
///
/// # Errors
/// As for [`assign`].
pub async fn finish(
    tx: &mut TenantTx,
    id: TaskId,
    expected: Option<i32>,
    now: DateTime<Utc>,
) -> Result<Task, HousekeepingError> {
    let mut task = locked(tx, id, expected).await?;
    task.status = stepped(&task, TaskAction::Done, true)?;
    task.done_at = Some(now);
    let task = save(tx, task, now).await?;
    mark(tx, &task, UnitCondition::Clean).await?;
    Ok(task)
}

/// Notes what an inspection found: the unit is inspected, or dirty and the task open again.
///
/// # Errors
/// As for [`assign`].
pub async fn inspect(
    tx: &mut TenantTx,
    id: TaskId,
    passed: bool,
    note: Option<String>,
    expected: Option<i32>,
    now: DateTime<Utc>,
) -> Result<Task, HousekeepingError> {
    let mut task = locked(tx, id, expected).await?;
    task.status = stepped(&task, TaskAction::Inspect, passed)?;
    if let Some(note) = note {
        task.note = note;
    }
    if !passed {
        return open_again(tx, task, now).await;
    }
    task.inspected_at = Some(now);
    let task = save(tx, task, now).await?;
    mark(tx, &task, UnitCondition::Inspected).await?;
    Ok(task)
}

/// Has a task done again; the unit is dirty.
///
/// # Errors
/// As for [`assign`].
pub async fn reopen(
    tx: &mut TenantTx,
    id: TaskId,
    expected: Option<i32>,
    now: DateTime<Utc>,
) -> Result<Task, HousekeepingError> {
    let mut task = locked(tx, id, expected).await?;
    task.status = stepped(&task, TaskAction::Reopen, true)?;
    open_again(tx, task, now).await
}

/// Changes what is known about a task; what is `None` stays.
///
/// # Errors
/// As for [`assign`], but a task may stand anywhere.
pub async fn amend(
    tx: &mut TenantTx,
    id: TaskId,
    note: Option<String>,
    minutes: Option<i16>,
    expected: Option<i32>,
    now: DateTime<Utc>,
) -> Result<Task, HousekeepingError> {
    let mut task = locked(tx, id, expected).await?;
    task.note = note.unwrap_or(task.note);
    task.minutes = minutes.unwrap_or(task.minutes);
    save(tx, task, now).await
}

async fn open_again(
    tx: &mut TenantTx,
    mut task: Task,
    now: DateTime<Utc>,
) -> Result<Task, HousekeepingError> {
    task.assignee = None;
    task.started_at = None;
    task.done_at = None;
    task.inspected_at = None;
    let task = save(tx, task, now).await?;
    set_condition(tx, task.unit, UnitCondition::Dirty, None).await?;
    Ok(task)
}

async fn locked(
    tx: &mut TenantTx,
    id: TaskId,
    expected: Option<i32>,
) -> Result<Task, HousekeepingError> {
    let task: Task = tasks::table
        .find((tx.tenant(), id))
        .select(Task::as_select())
        .for_update()
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(HousekeepingError::UnknownTask)?;
    if expected.is_some_and(|expected| expected != task.version) {
        return Err(HousekeepingError::Stale);
    }
    Ok(task)
}

fn stepped(task: &Task, action: TaskAction, well: bool) -> Result<TaskStatus, HousekeepingError> {
    let status = task.status;
    rules::step(status, action, well).ok_or(HousekeepingError::WrongState { status, action })
}

async fn save(
    tx: &mut TenantTx,
    task: Task,
    now: DateTime<Utc>,
) -> Result<Task, HousekeepingError> {
    Ok(diesel::update(tasks::table.find((tx.tenant(), task.id)))
        .set((
            tasks::status.eq(task.status),
            tasks::assignee.eq(task.assignee),
            tasks::minutes.eq(task.minutes),
            tasks::note.eq(task.note),
            tasks::started_at.eq(task.started_at),
            tasks::done_at.eq(task.done_at),
            tasks::inspected_at.eq(task.inspected_at),
            tasks::updated_at.eq(now),
            tasks::version.eq(tasks::version + 1),
        ))
        .returning(Task::as_returning())
        .get_result(tx.conn())
        .await?)
}

/// Marks a task's unit, unless another task says that it is not in that condition yet.
async fn mark(
    tx: &mut TenantTx,
    task: &Task,
    condition: UnitCondition,
) -> Result<(), HousekeepingError> {
    let others: i64 = tasks::table
        .filter(tasks::tenant_id.eq(tx.tenant()))
        .filter(tasks::unit_id.eq(task.unit))
        .filter(tasks::status.eq_any(TaskStatus::UNFINISHED))
        .count()
        .get_result(tx.conn())
        .await?;
    if others == 0 {
        set_condition(tx, task.unit, condition, None).await?;
    }
    Ok(())
}
