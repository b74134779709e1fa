use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::{Reservation, ReservationStatus};
use motel_db::TenantTx;
use motel_inventory::queries::units_of_property;
use motel_kernel::{PropertyId, ReservationId, UnitId};
use motel_tenancy::Property;

use super::new_task::NewTask;
use crate::queries::{arrives, locked_rule, stays_about};
use crate::schema::tasks;
use crate::{CleaningRuleDetails, HousekeepingError, Planned, Task, TaskKind, TaskStatus, rules};

/// Plans the cleaning of a day for the guests who are in the house and stay: makes what the property's rule asks for,
/// drops what nobody has begun and nobody needs any more (left over from past days, or the guest has left or moved), and puts units first in which somebody arrives. Doing it again
/// changes nothing.
///
/// # Errors
/// The database failed.
pub async fn plan_day(
    tx: &mut TenantTx,
    place: &Property,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Planned, HousekeepingError> {
    let property = place.id;
    let rule = locked_rule(tx, property).await?.details;
    let stays = stays_about(tx, property, day).await?;
    let due = due(&stays, day, &rule);
    let today = now.with_timezone(&place.timezone).date_naive();
    let dropped =
        drop_past(tx, property, today).await? + drop_needless(tx, property, day, &due).await?;
    let arriving: Vec<UnitId> = stays
        .iter()
        .filter(|stay| arrives(stay, day))
        .filter_map(|stay| stay.unit)
        .collect();
    let (mut made, mut stood) = (Vec::new(), 0);
    // By number, which is the order in which the list shows them.
    for unit in units_of_property(tx, property).await? {
        let Some((kind, reservation)) = due.get(&unit.id) else {
            continue;
        };
        let new = NewTask {
            property,
            unit: unit.id,
            date: day,
            kind: *kind,
            priority: rules::priority(*kind, arriving.contains(&unit.id)),
            minutes: rule.minutes(*kind),
            reservation: *reservation,
        };
        match new.write(tx, now).await? {
            Some(task) => made.push(task),
            None => stood += 1,
        }
    }
    put_arrivals_first(tx, property, day, &arriving, now).await?;
    Ok(Planned {
        date: day,
        made,
        stood,
        dropped,
    })
}

type Due = BTreeMap<UnitId, (TaskKind, ReservationId)>;

fn due(stays: &[Reservation], day: NaiveDate, rule: &CleaningRuleDetails) -> Due {
    let in_house = stays
        .iter()
        .filter(|stay| stay.status == ReservationStatus::InHouse);
    in_house
        .filter_map(|stay| {
            let kind = rules::stay_over(stay.dates, day, rule)?;
            Some((stay.unit?, (kind, stay.id)))
        })
        .collect()
}

/// A stay-over that nobody began is not done on a later day: that day has its own.
async fn drop_past(
    tx: &mut TenantTx,
    property: PropertyId,
    today: NaiveDate,
) -> Result<usize, HousekeepingError> {
    Ok(diesel::delete(tasks::table)
        .filter(tasks::tenant_id.eq(tx.tenant()))
        .filter(tasks::property_id.eq(property))
        .filter(tasks::date.lt(today))
        .filter(tasks::kind.ne(TaskKind::Departure))
        .filter(tasks::status.eq_any(TaskStatus::UNTOUCHED))
        .execute(tx.conn())
        .await?)
}

async fn drop_needless(
    tx: &mut TenantTx,
    property: PropertyId,
    day: NaiveDate,
    due: &Due,
) -> Result<usize, HousekeepingError> {
    let standing: Vec<Task> = unfinished(tx, property, day).await?;
    let mut dropped = 0;
    for task in standing {
        let needed = due
            .get(&task.unit)
            .is_some_and(|(kind, _)| *kind == task.kind);
        let untouched = TaskStatus::UNTOUCHED.contains(&task.status);
        if task.kind != TaskKind::Departure && untouched && !needed {
            dropped += diesel::delete(tasks::table.find((tx.tenant(), task.id)))
                .execute(tx.conn())
                .await?;
        }
    }
    Ok(dropped)
}

async fn put_arrivals_first(
    tx: &mut TenantTx,
    property: PropertyId,
    day: NaiveDate,
    arriving: &[UnitId],
    now: DateTime<Utc>,
) -> Result<(), HousekeepingError> {
    for task in unfinished(tx, property, day).await? {
        let priority = rules::priority(task.kind, arriving.contains(&task.unit));
        if priority != task.priority {
            diesel::update(tasks::table.find((tx.tenant(), task.id)))
                .set((
                    tasks::priority.eq(priority),
                    tasks::updated_at.eq(now),
                    tasks::version.eq(tasks::version + 1),
                ))
                .execute(tx.conn())
                .await?;
        }
    }
    Ok(())
}

/// The day's tasks that are not done, held until the end of the transaction.
async fn unfinished(
    tx: &mut TenantTx,
    property: PropertyId,
    day: NaiveDate,
) -> Result<Vec<Task>, HousekeepingError> {
    Ok(tasks::table
        .filter(tasks::tenant_id.eq(tx.tenant()))
        .filter(tasks::property_id.eq(property))
        .filter(tasks::date.eq(day))
        .filter(tasks::status.eq_any(TaskStatus::UNFINISHED))
        .order(tasks::id)
        .select(Task::as_select())
        .for_update()
        .load(tx.conn())
        .await?)
}
