use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, UnitGroupId};

use crate::schema::unit_groups as groups;
use crate::{InventoryError, UnitGroup};

/// The unit groups of a property in the order they are shown, those that were archived among them.
pub async fn unit_groups(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<Vec<UnitGroup>, InventoryError> {
    let found = groups::table
        .filter(groups::tenant_id.eq(tx.tenant()))
        .filter(groups::property_id.eq(property))
        .order((groups::sort, groups::code))
        .select(UnitGroup::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}

/// The unit group of that id.
pub async fn unit_group(
    tx: &mut TenantTx,
    id: UnitGroupId,
) -> Result<Option<UnitGroup>, InventoryError> {
    let found = groups::table
        .find((tx.tenant(), id))
        .select(UnitGroup::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found)
}

/// The unit group a property calls `code`.
pub async fn unit_group_by_code(
    tx: &mut TenantTx,
    property: PropertyId,
    code: &str,
) -> Result<Option<UnitGroup>, InventoryError> {
    let found = groups::table
        .filter(groups::tenant_id.eq(tx.tenant()))
        .filter(groups::property_id.eq(property))
        .filter(groups::code.eq(code))
        .select(UnitGroup::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found)
}
