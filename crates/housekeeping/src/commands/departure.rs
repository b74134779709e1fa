use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::Reservation;
use motel_db::TenantTx;
use motel_inventory::UnitCondition;
use motel_inventory::commands::set_condition;
use motel_kernel::{ReservationId, StaffId, UnitId};

use super::new_task::NewTask;
use crate::queries::{arrives, locked_rule, stays_about};
use crate::schema::tasks;
use crate::{HousekeepingError, Task, TaskKind, TaskStatus, rules};

/// Has the unit of a guest who left on `day` cleaned: makes the task and marks the unit dirty. For the same departure
/// again nothing is changed; a second departure from the unit on one day opens the task again. What was to be done for
/// the guest as one who stays is dropped.
///
/// # Errors
/// The database failed.
pub async fn keep_departure_clean(
    tx: &mut TenantTx,
    stay: &Reservation,
    unit: UnitId,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Task, HousekeepingError> {
    let rule = locked_rule(tx, stay.property).await?;
    drop_stay_overs(tx, unit, day).await?;
    let about = stays_about(tx, stay.property, day).await?;
    let arriving = about
        .iter()
        .any(|other| other.unit == Some(unit) && arrives(other, day));
    let new = NewTask {
        property: stay.property,
        unit,
        date: day,
        kind: TaskKind::Departure,
        priority: rules::priority(TaskKind::Departure, arriving),
        minutes: rule.details.minutes(TaskKind::Departure),
        reservation: stay.id,
    };
    if let Some(made) = new.write(tx, now).await? {
        return Ok(made);
    }
    let known: Task = tasks::table
        .filter(tasks::tenant_id.eq(tx.tenant()))
        .filter(tasks::unit_id.eq(unit).and(tasks::date.eq(day)))
        .filter(tasks::kind.eq(TaskKind::Departure))
        .select(Task::as_select())
        .for_update()
        .first(tx.conn())
        .await?;
    if known.reservation == Some(stay.id) {
        return Ok(known);
    }
    set_condition(tx, unit, UnitCondition::Dirty, None).await?;
    Ok(diesel::update(tasks::table.find((tx.tenant(), known.id)))
        .set((
            tasks::status.eq(TaskStatus::Open),
            tasks::assignee.eq(None::<StaffId>),
            tasks::reservation_id.eq(stay.id),
            tasks::updated_at.eq(now),
            tasks::version.eq(tasks::version + 1),
        ))
        .returning(Task::as_returning())
        .get_result(tx.conn())
        .await?)
}

/// Drops the departure clean of a stay whose check-out was taken back, as far as nobody has begun with it; answers
/// whether there was one.
///
/// # Errors
/// The database failed.
pub async fn drop_departure_clean(
    tx: &mut TenantTx,
    stay: ReservationId,
) -> Result<bool, HousekeepingError> {
    let dropped = diesel::delete(tasks::table)
        .filter(tasks::tenant_id.eq(tx.tenant()))
        .filter(tasks::reservation_id.eq(stay))
        .filter(tasks::kind.eq(TaskKind::Departure))
        .filter(tasks::status.eq_any(TaskStatus::UNTOUCHED))
        .execute(tx.conn())
        .await?;
    Ok(dropped > 0)
}

async fn drop_stay_overs(
    tx: &mut TenantTx,
    unit: UnitId,
    day: NaiveDate,
) -> Result<(), HousekeepingError> {
    diesel::delete(tasks::table)
        .filter(tasks::tenant_id.eq(tx.tenant()))
        .filter(tasks::unit_id.eq(unit).and(tasks::date.eq(day)))
        .filter(tasks::kind.ne(TaskKind::Departure))
        .filter(tasks::status.eq_any(TaskStatus::UNTOUCHED))
        .execute(tx.conn())
        .await?;
    Ok(())
}
