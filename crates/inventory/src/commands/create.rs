//! New groups and units, and changes of those that stand, as staff describe them.

use chrono::{Days, NaiveDate};
use diesel::dsl::max;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, UnitGroupId, UnitId};

use super::{check_version, locked_unit, open_nights};
use crate::error::name_taken;
use crate::model::NewUnit;
use crate::schema::{nightly_counters as counters, unit_groups as groups, units};
use crate::{InventoryError, Unit, UnitDetails, UnitGroup, UnitGroupDetails, queries};

/// Adds a group; it can be sold once it has units.
///
/// # Errors
/// [`InventoryError::NameTaken`] when another group of the property has the code.
pub async fn create_unit_group(
    tx: &mut TenantTx,
    property: PropertyId,
    details: &UnitGroupDetails,
) -> Result<UnitGroup, InventoryError> {
    diesel::insert_into(groups::table)
        .values((
            groups::tenant_id.eq(tx.tenant()),
            groups::id.eq(UnitGroupId::new()),
            groups::property_id.eq(property),
            details,
        ))
        .returning(UnitGroup::as_returning())
        .get_result(tx.conn())
        .await
        .map_err(name_taken)
}

/// Describes a group anew.
///
/// # Errors
/// [`InventoryError::UnknownUnitGroup`], [`InventoryError::Stale`], [`InventoryError::NameTaken`].
pub async fn change_unit_group(
    tx: &mut TenantTx,
    property: PropertyId,
    id: UnitGroupId,
    details: &UnitGroupDetails,
    version: Option<i32>,
) -> Result<UnitGroup, InventoryError> {
    let found = locked_group(tx, property, id).await?;
    check_version(version, found.version)?;
    diesel::update(groups::table.find((tx.tenant(), id)))
        .set((details, groups::version.eq(groups::version + 1)))
        .returning(UnitGroup::as_returning())
        .get_result(tx.conn())
        .await
        .map_err(name_taken)
}

pub(super) async fn locked_group(
    tx: &mut TenantTx,
    property: PropertyId,
    id: UnitGroupId,
) -> Result<UnitGroup, InventoryError> {
    let row = groups::table
        .find((tx.tenant(), id))
        .filter(groups::property_id.eq(property));
    let found: Option<UnitGroup> = row
        .select(UnitGroup::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?;
    found.ok_or(InventoryError::UnknownUnitGroup)
}

/// Adds a unit to a group. From `today` on it is for sale on every night on which the property sells anything.
///
/// # Errors
/// [`InventoryError::UnknownUnitGroup`]; [`InventoryError::NameTaken`] when another unit of the property has the number.
pub async fn create_unit(
    tx: &mut TenantTx,
    property: PropertyId,
    group: UnitGroupId,
    details: &UnitDetails,
    today: NaiveDate,
) -> Result<Unit, InventoryError> {
    let found = queries::unit_group(tx, group).await?;
    let found = found.filter(|group| group.property_id == property && group.archived_at.is_none());
    let group = found.ok_or(InventoryError::UnknownUnitGroup)?;
    let row = NewUnit {
        tenant_id: tx.tenant(),
        id: UnitId::new(),
        property_id: property,
        unit_group_id: group.id,
        number: &details.number,
        floor: details.floor,
        accessible: details.accessible,
        note: &details.note,
    };
    let unit = diesel::insert_into(units::table)
        .values(row)
        .returning(Unit::as_returning())
        .get_result(tx.conn())
        .await
        .map_err(name_taken)?;
    put_on_sale(tx, property, today).await?;
    Ok(unit)
}

/// Puts units that are not sold yet on sale from `today` on, on every night on which the property sells anything.
pub(super) async fn put_on_sale(
    tx: &mut TenantTx,
    property: PropertyId,
    today: NaiveDate,
) -> Result<(), InventoryError> {
    if let Some(until) = open_until(tx, property)
        .await?
        .filter(|until| *until > today)
    {
        let longest = today.checked_add_days(Days::new(super::MAX_OPEN_NIGHTS.unsigned_abs()));
        let until = longest.map_or(until, |longest| until.min(longest));
        open_nights(tx, property, today, until).await?;
    }
    Ok(())
}

/// Describes a unit anew; its group stays.
///
/// # Errors
/// [`InventoryError::UnknownUnit`], [`InventoryError::Stale`], [`InventoryError::NameTaken`].
pub async fn change_unit(
    tx: &mut TenantTx,
    property: PropertyId,
    id: UnitId,
    details: &UnitDetails,
    version: Option<i32>,
) -> Result<Unit, InventoryError> {
    let found = locked_unit(tx, id).await?;
    if found.property_id != property {
        return Err(InventoryError::UnknownUnit);
    }
    check_version(version, found.version)?;
    diesel::update(units::table.find((tx.tenant(), id)))
        .set((
            units::number.eq(&details.number),
            units::floor.eq(details.floor),
            units::accessible.eq(details.accessible),
            units::note.eq(&details.note),
            units::version.eq(units::version + 1),
        ))
        .returning(Unit::as_returning())
        .get_result(tx.conn())
        .await
        .map_err(name_taken)
}

/// The day after the last night that is open for any group of the property.
async fn open_until(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<Option<NaiveDate>, InventoryError> {
    let of_property = groups::table
        .filter(groups::tenant_id.eq(tx.tenant()))
        .filter(groups::property_id.eq(property))
        .select(groups::id);
    let last: Option<NaiveDate> = counters::table
        .filter(counters::tenant_id.eq(tx.tenant()))
        .filter(counters::unit_group_id.eq_any(of_property))
        .select(max(counters::night))
        .first(tx.conn())
        .await?;
    Ok(last.and_then(|last| last.succ_opt()))
}
