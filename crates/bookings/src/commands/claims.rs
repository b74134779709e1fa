//! Taking the nights of several stays off sale, and putting them back.

use motel_db::TenantTx;
use motel_kernel::{StayDates, UnitGroupId};

use crate::BookingError;

/// The nights of one stay in one unit group.
pub(crate) type Claim = (UnitGroupId, StayDates);

/// In the order in which nights are locked: by group, then from the first night on. Whoever takes them so never waits in
/// a circle.
pub(crate) fn in_lock_order(mut claims: Vec<Claim>) -> Vec<Claim> {
    claims.sort_by_key(|(group, dates)| (*group, dates.arrival(), dates.departure()));
    claims
}

/// Takes the nights of all these stays, or of none.
pub(crate) async fn take(tx: &mut TenantTx, claims: Vec<Claim>) -> Result<(), BookingError> {
    for (group, dates) in in_lock_order(claims) {
        motel_inventory::commands::take_nights(tx, group, dates).await?;
    }
    Ok(())
}

/// Puts the nights of all these stays back on sale.
pub(crate) async fn give_back(tx: &mut TenantTx, claims: Vec<Claim>) -> Result<(), BookingError> {
    for (group, dates) in in_lock_order(claims) {
        motel_inventory::commands::give_back_nights(tx, group, dates).await?;
    }
    Ok(())
}
