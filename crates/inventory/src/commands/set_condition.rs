use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::UnitId;

use crate::schema::units;
use crate::{InventoryError, Unit, UnitCondition};

/// Notes how a unit was found, and answers it as it stands now. Noting the same again changes nothing.
///
/// # Errors
/// [`InventoryError::UnknownUnit`]; [`InventoryError::Stale`] when `version` is given and no longer the unit's.
pub async fn set_condition(
    tx: &mut TenantTx,
    unit: UnitId,
    condition: UnitCondition,
    version: Option<i32>,
) -> Result<Unit, InventoryError> {
    let found = super::locked_unit(tx, unit).await?;
    super::check_version(version, found.version)?;
    if found.condition == condition {
        return Ok(found);
    }
    let row = diesel::update(units::table.find((tx.tenant(), unit)))
        .set((
            units::condition.eq(condition),
            units::version.eq(units::version + 1),
        ))
        .returning(Unit::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(row)
}
