use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::{Reservation, ReservationStatus};
use motel_db::TenantTx;
use motel_inventory::queries::units_of_property;
use motel_kernel::{PropertyId, UnitId};

use super::stays_about;
use crate::schema::tasks;
use crate::{HousekeepingError, TaskStatus, UnitToday};

/// Every unit of a property that was not archived, by number, as it is on a day.
///
/// # Errors
/// The database failed.
pub async fn units_today(
    tx: &mut TenantTx,
    property: PropertyId,
    day: NaiveDate,
) -> Result<Vec<UnitToday>, HousekeepingError> {
    let mut units = units_of_property(tx, property).await?;
    units.retain(|unit| unit.archived_at.is_none());
    let stays = stays_about(tx, property, day).await?;
    let unfinished = unfinished(tx, property, day).await?;
    let today = units.into_iter().map(|unit| {
        let any = |wanted: fn(&Reservation, NaiveDate) -> bool| {
            stays
                .iter()
                .any(|stay| stay.unit == Some(unit.id) && wanted(stay, day))
        };
        UnitToday {
            occupied: any(|stay, _| stay.status == ReservationStatus::InHouse),
            arriving: any(arrives),
            departing: any(|stay, day| {
                stay.dates.departure() == day && stay.status != ReservationStatus::Confirmed
            }),
            unfinished: unfinished.get(&unit.id).copied().unwrap_or(0),
            unit,
        }
    });
    Ok(today.collect())
}

/// Whether somebody is still to arrive that day.
pub(crate) fn arrives(stay: &Reservation, day: NaiveDate) -> bool {
    stay.dates.arrival() == day && stay.status == ReservationStatus::Confirmed
}

async fn unfinished(
    tx: &mut TenantTx,
    property: PropertyId,
    day: NaiveDate,
) -> Result<HashMap<UnitId, u32>, HousekeepingError> {
    let counted: Vec<(UnitId, i64)> = tasks::table
        .filter(tasks::tenant_id.eq(tx.tenant()))
        .filter(tasks::property_id.eq(property))
        .filter(tasks::date.eq(day))
        .filter(tasks::status.eq_any(TaskStatus::UNFINISHED))
        .group_by(tasks::unit_id)
        .select((tasks::unit_id, count_star()))
        .load(tx.conn())
        .await?;
    let counted = counted.into_iter();
    Ok(counted
        .map(|(unit, count)| (unit, u32::try_from(count).unwrap_or(u32::MAX)))
        .collect())
}
