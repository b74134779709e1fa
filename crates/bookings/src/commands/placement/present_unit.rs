use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StayDates;

use super::Wanted;
use crate::BookingError;
use crate::schema::reservations;

/// A guest who changed units wants the present one only from then on.
pub(super) async fn in_this_unit(
    tx: &mut TenantTx,
    wanted: &Wanted,
) -> Result<Wanted, BookingError> {
    if !wanted.fixed {
        return Ok(*wanted);
    }
    let since: Option<Option<NaiveDate>> = reservations::table
        .find((tx.tenant(), wanted.reservation))
        .select(reservations::unit_since)
        .first(tx.conn())
        .await
        .optional()?;
    let first = since.flatten().unwrap_or(wanted.dates.arrival());
    let first = first.max(wanted.dates.arrival());
    let dates = StayDates::new(first, wanted.dates.departure());
    Ok(Wanted {
        dates: dates.unwrap_or(wanted.dates),
        ..*wanted
    })
}
