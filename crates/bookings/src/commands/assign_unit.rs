use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{StayDates, UnitGroupId, UnitId};

use crate::schema::reservations;
use crate::{BookingError, BookingStatus};

/// The first unit of the group, by number, that is free on every night of the stay.
///
/// Call it in the statement after the group's counters were locked: then no other sale of the group is between its own
/// choice and its insert. `None` means that each night has a free unit, but not the same one on all of them; the stay is
/// sold all the same and waits for a unit.
pub(super) async fn first_free_unit(
    tx: &mut TenantTx,
    group: UnitGroupId,
    dates: StayDates,
) -> Result<Option<UnitId>, BookingError> {
    let units = motel_inventory::queries::units_of(tx, group).await?;
    let taken: Vec<Option<UnitId>> = reservations::table
        .filter(reservations::tenant_id.eq(tx.tenant()))
        .filter(reservations::status.eq(BookingStatus::Confirmed))
        .filter(reservations::unit_group_id.eq(group))
        .filter(
            reservations::arrival
                .lt(dates.departure())
                .and(reservations::departure.gt(dates.arrival())),
        )
        .select(reservations::unit_id)
        .load(tx.conn())
        .await?;
    let free = units
        .iter()
        .map(|unit| unit.id)
        .find(|unit| !taken.contains(&Some(*unit)));
    Ok(free)
}
