use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{StayDates, UnitGroupId};

use crate::InventoryError;
use crate::error::is_over_capacity;
use crate::queries::{locked_counters, open_counters};
use crate::rules::can_take;
use crate::schema::nightly_counters as counters;

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
    can_take(stay, &open_counters(tx, group, stay).await?)?;
    can_take(stay, &locked_counters(tx, group, stay).await?)?;
    count_sale(tx, group, stay).await.map_err(|error| {
        // Past the lock this needs a writer that does not go by the rules; the CHECK does not say which night it was.
        if is_over_capacity(&error) {
            InventoryError::SoldOut {
                night: stay.arrival(),
            }
        } else {
            error.into()
        }
    })
}

async fn count_sale(tx: &mut TenantTx, group: UnitGroupId, stay: StayDates) -> QueryResult<()> {
    diesel::update(counters::table)
        .filter(counters::tenant_id.eq(tx.tenant()))
        .filter(counters::unit_group_id.eq(group))
        .filter(counters::night.ge(stay.arrival()))
        .filter(counters::night.lt(stay.departure()))
        .set(counters::sold.eq(counters::sold + 1))
        .execute(tx.conn())
        .await
        .map(drop)
}
