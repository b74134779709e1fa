use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{StayDates, UnitGroupId};

use crate::InventoryError;
use crate::queries::locked_counters;
use crate::rules::can_give_back;
use crate::schema::nightly_counters as counters;

/// Puts one unit of a group back on sale for every night of a stay that [`take_nights`](crate::commands::take_nights)
/// took. The caller sees to it that a stay is given back once.
///
/// # Errors
/// [`InventoryError::NotTaken`] when nobody holds a unit on one of the nights.
pub async fn give_back_nights(
    tx: &mut TenantTx,
    group: UnitGroupId,
    stay: StayDates,
) -> Result<(), InventoryError> {
    can_give_back(stay, &locked_counters(tx, group, stay).await?)?;
    diesel::update(counters::table)
        .filter(counters::tenant_id.eq(tx.tenant()))
        .filter(counters::unit_group_id.eq(group))
        .filter(counters::night.ge(stay.arrival()))
        .filter(counters::night.lt(stay.departure()))
        .set(counters::sold.eq(counters::sold - 1))
        .execute(tx.conn())
        .await?;
    Ok(())
}
