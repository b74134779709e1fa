use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::UnitId;

use crate::model::NewUnit;
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
    match unit_by_number(tx, group.property_id, &details.number).await? {
        Some(found) if found.unit_group_id != group.id => Err(InventoryError::UnitOfOtherGroup {
            number: found.number,
        }),
        Some(found) if details.describes(&found) => Ok(Put::unchanged(found)),
        _ => Ok(Put::written(write(tx, group, &details).await?)),
    }
}

async fn write(tx: &mut TenantTx, group: &UnitGroup, details: &UnitDetails) -> QueryResult<Unit> {
    let row = NewUnit {
        tenant_id: tx.tenant(),
        id: UnitId::new(),
        property_id: group.property_id,
        unit_group_id: group.id,
        number: &details.number,
        floor: details.floor,
        accessible: details.accessible,
        note: &details.note,
    };
    diesel::insert_into(units::table)
        .values(row)
        .on_conflict((units::tenant_id, units::property_id, units::number))
        .do_update()
        .set((
            units::floor.eq(details.floor),
            units::accessible.eq(details.accessible),
            units::note.eq(&details.note),
            units::version.eq(units::version + 1),
        ))
        .returning(Unit::as_returning())
        .get_result(tx.conn())
        .await
}
