use motel_db::TenantTx;
use motel_kernel::{StayDates, UnitGroupId};

use super::LockedNights;
use crate::InventoryError;

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
    let mut nights = LockedNights::lock(tx, group, stay.arrival(), stay.departure()).await?;
    nights.give_back(tx, stay).await
}
