use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::UnitId;

use crate::queries::unit_by_number;
use crate::schema::units;
use crate::{InventoryError, Put, Unit, UnitDetails, UnitGroup};

/// Makes the unit with the number `details.number` be as described. A new unit is on sale on the nights that
/// [`open_nights`](crate::commands::open_nights) opens from then on.
///
/// # Errors
/// [`InventoryError::UnitOfOtherGroup`]: the number stands in another group of the property.
pub async fn put_unit(
    tx: &mut TenantTx,
    group: &UnitGroup,
    details: UnitDetails,
) -> Result<Put<Unit>, InventoryError> {
    let found = unit_by_number(tx, group.property_id, &details.number).await?;
    let id = found.as_ref().map_or_else(UnitId::new, |unit| unit.id);
    let wanted = details.into_unit(id, group.property_id, group.id);
    match found {
        Some(found) if found == wanted => return Ok(Put::unchanged(found)),
        Some(found) if found.unit_group_id != group.id => {
            return Err(InventoryError::UnitOfOtherGroup {
                number: found.number,
            });
        }
        _ => {}
    }
    let row = diesel::insert_into(units::table)
        .values((units::tenant_id.eq(tx.tenant()), &wanted))
        .on_conflict((units::tenant_id, units::property_id, units::number))
        .do_update()
        .set(&wanted)
        .returning(Unit::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(Put::written(row))
}
