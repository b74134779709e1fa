use motel_db::TenantTx;
use motel_kernel::{StayDates, UnitGroupId};

use super::LockedNights;
use crate::InventoryError;
use crate::queries::open_counters;
use crate::rules::can_take;

/// Takes one unit of a group off sale for every night of a stay, or for none.
///
/// Looks first without a lock, so that a sold-out answer waits for nobody; then locks the nights in their order, looks
/// again and counts. A transaction that takes nights of several groups takes them in the order of the groups' ids.
///
/// # Errors
/// [`InventoryError::SoldOut`] and [`InventoryError::NotOpen`] name the first night that stands in the way.
pub async fn take_nights(
    tx: &mut TenantTx,
    group: UnitGroupId,
    stay: StayDates,
) -> Result<(), InventoryError> {
    can_take_nights(tx, group, stay).await?;
    let mut nights = LockedNights::lock(tx, group, stay.arrival(), stay.departure()).await?;
    nights.take(tx, stay).await
}

/// Whether a stay could be taken as things stand committed: a look without a lock, which promises nothing.
///
/// # Errors
/// The same as those of [`take_nights`].
pub async fn can_take_nights(
    tx: &mut TenantTx,
    group: UnitGroupId,
    stay: StayDates,
) -> Result<(), InventoryError> {
    can_take(stay, &open_counters(tx, group, stay).await?)
}
