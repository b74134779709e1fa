use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::UnitId;

use super::Wanted;
use crate::schema::reservations;
use crate::{BookingError, ReservationStatus};

/// The unit the stay would like, else the first one of the group by number, that is free on every night of it.
pub(super) async fn first_free_unit(
    tx: &mut TenantTx,
    wanted: &Wanted,
) -> Result<Option<UnitId>, BookingError> {
    let units = motel_inventory::queries::units_of(tx, wanted.group).await?;
    let taken: Vec<Option<UnitId>> = reservations::table
        .filter(reservations::tenant_id.eq(tx.tenant()))
        .filter(reservations::status.eq_any(ReservationStatus::TAKING))
        .filter(reservations::id.ne(wanted.reservation))
        .filter(
            reservations::arrival
                .lt(wanted.dates.departure())
                .and(reservations::departure.gt(wanted.dates.arrival())),
        )
        .filter(reservations::unit_id.eq_any(units.iter().map(|unit| unit.id)))
        .select(reservations::unit_id)
        .load(tx.conn())
        .await?;
    let free = |unit: &UnitId| !taken.contains(&Some(*unit));
    let known = units.iter().map(|unit| unit.id);
    if let Some(unit) = wanted.prefer.filter(free) {
        return Ok(Some(unit));
    }
    Ok(if wanted.fixed {
        None
    } else {
        known.into_iter().find(free)
    })
}
