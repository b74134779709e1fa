use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, UnitGroupId, UnitId};

use crate::schema::units;
use crate::{InventoryError, Unit};

/// The units of a group by number, without those that were archived.
pub async fn units_of(tx: &TenantTx, group: UnitGroupId) -> Result<Vec<Unit>, InventoryError> {
    let found = units::table
        .filter(units::tenant_id.eq(tx.tenant()))
        .filter(units::unit_group_id.eq(group))
        .filter(units::archived_at.is_null())
        .order(units::number)
        .select(Unit::as_select())
        .load(&mut tx.reading())
        .await?;
    Ok(found)
}

/// The unit of a property with that number on its door.
pub async fn unit_by_number(
    tx: &mut TenantTx,
    property: PropertyId,
    number: &str,
) -> Result<Option<Unit>, InventoryError> {
    let found = units::table
        .filter(units::tenant_id.eq(tx.tenant()))
        .filter(units::property_id.eq(property))
        .filter(units::number.eq(number))
        .select(Unit::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found)
}

/// The unit of that id.
pub async fn unit(tx: &mut TenantTx, id: UnitId) -> Result<Option<Unit>, InventoryError> {
    let found = units::table
        .find((tx.tenant(), id))
        .select(Unit::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found)
}

/// The units of a property by number, those that were archived among them.
pub async fn units_of_property(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<Vec<Unit>, InventoryError> {
    let found = units::table
        .filter(units::tenant_id.eq(tx.tenant()))
        .filter(units::property_id.eq(property))
        .order(units::number)
        .select(Unit::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}
