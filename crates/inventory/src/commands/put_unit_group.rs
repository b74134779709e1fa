use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, UnitGroupId};

use crate::queries::unit_group_by_code;
use crate::schema::unit_groups as groups;
use crate::{InventoryError, Put, UnitGroup, UnitGroupDetails};

/// Makes the unit group a property calls `details.code` be as described.
pub async fn put_unit_group(
    tx: &mut TenantTx,
    property: PropertyId,
    details: UnitGroupDetails,
) -> Result<Put<UnitGroup>, InventoryError> {
    let found = unit_group_by_code(tx, property, &details.code).await?;
    if let Some(found) = found.filter(|found| details.describes(found)) {
        return Ok(Put::unchanged(found));
    }
    let row = diesel::insert_into(groups::table)
        .values((
            groups::tenant_id.eq(tx.tenant()),
            groups::id.eq(UnitGroupId::new()),
            groups::property_id.eq(property),
            &details,
        ))
        .on_conflict((groups::tenant_id, groups::property_id, groups::code))
        .do_update()
        .set((&details, groups::version.eq(groups::version + 1)))
        .returning(UnitGroup::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(Put::written(row))
}
