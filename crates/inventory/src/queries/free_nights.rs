use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, StayDates};

use crate::schema::{nightly_counters as counters, unit_groups as groups};
use crate::{InventoryError, NightFree, NightlyCounter, UnitGroup};

/// Every unit group of a property in the order it is shown, with how many units are left on each of the stay's nights.
/// A night that is not open for sale is missing from its list. Reads without a lock: what is free now may be gone by
/// the time it is asked for, and [`take_nights`](crate::commands::take_nights) alone decides.
pub async fn free_per_night(
    tx: &TenantTx,
    property: PropertyId,
    stay: StayDates,
) -> Result<Vec<(UnitGroup, Vec<NightFree>)>, InventoryError> {
    let same_group = counters::tenant_id
        .eq(groups::tenant_id)
        .and(counters::unit_group_id.eq(groups::id))
        .and(counters::night.ge(stay.arrival()))
        .and(counters::night.lt(stay.departure()));
    let rows: Vec<(UnitGroup, Option<NightlyCounter>)> = groups::table
        .left_join(counters::table.on(same_group))
        .filter(groups::tenant_id.eq(tx.tenant()))
        .filter(groups::property_id.eq(property))
        .order((groups::sort, groups::code, counters::night))
        .select((
            UnitGroup::as_select(),
            Option::<NightlyCounter>::as_select(),
        ))
        .load(&mut tx.reading())
        .await?;
    Ok(by_group(rows))
}

/// Brings the rows of one group, which follow each other, together.
fn by_group(rows: Vec<(UnitGroup, Option<NightlyCounter>)>) -> Vec<(UnitGroup, Vec<NightFree>)> {
    let mut groups: Vec<(UnitGroup, Vec<NightFree>)> = Vec::new();
    for (group, counter) in rows {
        let free = counter.map(NightFree::from);
        match groups.last_mut() {
            Some((last, nights)) if last.id == group.id => nights.extend(free),
            _ => groups.push((group, free.into_iter().collect())),
        }
    }
    groups
}
