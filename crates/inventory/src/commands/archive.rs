//! Units and groups that are not used any more, and those that are again. Nothing is deleted: what was sold of them is
//! still told.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, UnitGroupId, UnitId};

use super::create::{locked_group, put_on_sale};
use super::{LockedNights, check_version, lock_calendar, locked_unit};
use crate::schema::{blocks, unit_groups as groups, units};
use crate::{BlockKind, InventoryError, Unit, UnitGroup};

/// Archives a unit: from `today` on it is not for sale. `nights` are all of its group from `today` on; the caller has
/// locked the calendar before them, and made sure that no stay is to have the unit. Again changes nothing.
///
/// # Errors
/// [`InventoryError::SoldOut`] when all units of the group are sold on one of the nights,
/// [`InventoryError::AlreadyBlocked`] while it is out of order on one of them, [`InventoryError::Stale`].
pub async fn archive_unit(
    tx: &mut TenantTx,
    id: UnitId,
    nights: &mut LockedNights,
    today: NaiveDate,
    version: Option<i32>,
    now: DateTime<Utc>,
) -> Result<Unit, InventoryError> {
    let unit = locked_unit(tx, id).await?;
    check_version(version, unit.version)?;
    if unit.archived_at.is_some() {
        return Ok(unit);
    }
    // Its nights are off sale already, and would be taken off twice.
    if out_of_order(tx, id, today).await? {
        return Err(InventoryError::AlreadyBlocked);
    }
    nights.close_all(tx).await?;
    mark_unit(tx, id, Some(now)).await
}

/// Uses a unit again: from `today` on it is for sale on every night on which the property sells anything.
///
/// # Errors
/// [`InventoryError::UnknownUnit`], [`InventoryError::Stale`]; [`InventoryError::UnknownUnitGroup`] while its group is
/// archived.
pub async fn restore_unit(
    tx: &mut TenantTx,
    property: PropertyId,
    id: UnitId,
    today: NaiveDate,
    version: Option<i32>,
) -> Result<Unit, InventoryError> {
    lock_calendar(tx, property).await?;
    let unit = locked_unit(tx, id).await?;
    if unit.property_id != property {
        return Err(InventoryError::UnknownUnit);
    }
    check_version(version, unit.version)?;
    if unit.archived_at.is_none() {
        return Ok(unit);
    }
    let group = locked_group(tx, property, unit.unit_group_id).await?;
    if group.archived_at.is_some() {
        return Err(InventoryError::UnknownUnitGroup);
    }
    let unit = mark_unit(tx, id, None).await?;
    put_on_sale(tx, property, today).await?;
    Ok(unit)
}

/// Archives a group whose units all are: it is not shown to guests any more. Again changes nothing.
///
/// # Errors
/// [`InventoryError::UnknownUnitGroup`], [`InventoryError::Stale`]; [`InventoryError::UnitsLeft`] names the units that
/// have to be archived first.
pub async fn archive_unit_group(
    tx: &mut TenantTx,
    property: PropertyId,
    id: UnitGroupId,
    version: Option<i32>,
    now: DateTime<Utc>,
) -> Result<UnitGroup, InventoryError> {
    lock_calendar(tx, property).await?;
    let group = locked_group(tx, property, id).await?;
    check_version(version, group.version)?;
    if group.archived_at.is_some() {
        return Ok(group);
    }
    let left = crate::queries::units_of(tx, id).await?;
    if !left.is_empty() {
        let numbers = left.into_iter().map(|unit| unit.number).collect();
        return Err(InventoryError::UnitsLeft { numbers });
    }
    mark_group(tx, id, Some(now)).await
}

/// Uses a group again. Its units remain archived until each is restored.
///
/// # Errors
/// [`InventoryError::UnknownUnitGroup`], [`InventoryError::Stale`].
pub async fn restore_unit_group(
    tx: &mut TenantTx,
    property: PropertyId,
    id: UnitGroupId,
    version: Option<i32>,
) -> Result<UnitGroup, InventoryError> {
    let group = locked_group(tx, property, id).await?;
    check_version(version, group.version)?;
    match group.archived_at {
        Some(_) => mark_group(tx, id, None).await,
        None => Ok(group),
    }
}

async fn out_of_order(
    tx: &mut TenantTx,
    unit: UnitId,
    today: NaiveDate,
) -> Result<bool, InventoryError> {
    let standing = blocks::table
        .filter(blocks::tenant_id.eq(tx.tenant()))
        .filter(blocks::unit_id.eq(unit))
        .filter(blocks::kind.eq(BlockKind::OutOfOrder))
        .filter(blocks::cancelled_at.is_null())
        .filter(blocks::until.gt(today));
    let found = diesel::select(exists(standing));
    Ok(found.get_result(tx.conn()).await?)
}

async fn mark_unit(
    tx: &mut TenantTx,
    id: UnitId,
    archived_at: Option<DateTime<Utc>>,
) -> Result<Unit, InventoryError> {
    let unit = diesel::update(units::table.find((tx.tenant(), id)))
        .set((
            units::archived_at.eq(archived_at),
            units::version.eq(units::version + 1),
        ))
        .returning(Unit::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(unit)
}

async fn mark_group(
    tx: &mut TenantTx,
    id: UnitGroupId,
    archived_at: Option<DateTime<Utc>>,
) -> Result<UnitGroup, InventoryError> {
    let group = diesel::update(groups::table.find((tx.tenant(), id)))
        .set((
            groups::archived_at.eq(archived_at),
            groups::version.eq(groups::version + 1),
        ))
        .returning(UnitGroup::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(group)
}
