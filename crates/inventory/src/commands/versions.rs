use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::UnitId;

use crate::schema::units;
use crate::{InventoryError, Unit};

/// The unit, locked against other changes, but not against a stay being written that points at it.
pub(super) async fn locked_unit(tx: &mut TenantTx, id: UnitId) -> Result<Unit, InventoryError> {
    let found = units::table
        .find((tx.tenant(), id))
        .select(Unit::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?;
    found.ok_or(InventoryError::UnknownUnit)
}

/// Whether the caller knows the thing as it stands; without a version it does not matter to them.
pub(super) fn check_version(expected: Option<i32>, version: i32) -> Result<(), InventoryError> {
    match expected {
        Some(expected) if expected != version => Err(InventoryError::Stale),
        _ => Ok(()),
    }
}
