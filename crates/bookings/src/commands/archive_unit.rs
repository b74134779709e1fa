use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_inventory::commands::LockedNights;
use motel_inventory::{InventoryError, Unit};
use motel_kernel::{ReservationId, UnitId};
use motel_tenancy::Property;

use super::NoRoom;
use super::occasion::Occasion;
use crate::schema::reservations;
use crate::{BookingError, By, ReservationStatus};

/// Archives a unit that no stay is to have any more: from the business date on it is not for sale.
///
/// # Errors
/// [`NoRoom::InTheWay`] names the stays that have it, which can be moved first; [`BookingError::SoldOut`] when all units
/// of its group are sold on a night; [`BookingError::NotOffered`] for an unknown unit, or one that is out of order.
pub async fn archive_unit(
    tx: &mut TenantTx,
    property: &Property,
    id: UnitId,
    expected: Option<i32>,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Unit, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let unit = motel_inventory::queries::unit(tx, id).await?;
    let unit = unit.filter(|unit| unit.property_id == property.id);
    let unit = unit.ok_or(BookingError::NotFound)?;
    motel_inventory::commands::lock_calendar(tx, property.id).await?;
    let group = unit.unit_group_id;
    let mut nights = LockedNights::lock(tx, group, occasion.today, NaiveDate::MAX).await?;
    let stays = stays_in(tx, id, occasion.today).await?;
    if !stays.is_empty() {
        return Err(NoRoom::InTheWay { stays }.into());
    }
    let (nights, today) = (&mut nights, occasion.today);
    motel_inventory::commands::archive_unit(tx, id, nights, today, expected, now)
        .await
        .map_err(|error| match error {
            InventoryError::AlreadyBlocked => BookingError::NotOffered {
                field: "id",
                code: error.code(),
                reason: error.to_string(),
            },
            InventoryError::Stale => BookingError::Stale,
            other => other.into(),
        })
}

/// The stays that are to have a unit on nights that are not over, or are in it.
async fn stays_in(
    tx: &mut TenantTx,
    unit: UnitId,
    today: NaiveDate,
) -> Result<Vec<ReservationId>, BookingError> {
    let to_come = reservations::departure.gt(today);
    let in_house = reservations::status.eq(ReservationStatus::InHouse);
    let found = reservations::table
        .filter(reservations::tenant_id.eq(tx.tenant()))
        .filter(reservations::unit_id.eq(unit))
        .filter(reservations::status.eq_any(ReservationStatus::TAKING))
        .filter(to_come.or(in_house))
        .order(reservations::id)
        .select(reservations::id)
        .load(tx.conn())
        .await?;
    Ok(found)
}
