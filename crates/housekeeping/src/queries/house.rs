use chrono::NaiveDate;
use motel_bookings::queries::{ReservationFilter, reservations};
use motel_bookings::{Reservation, ReservationStatus};
use motel_db::TenantTx;
use motel_kernel::PropertyId;

use crate::HousekeepingError;

/// How many stays are read at a time.
const AT_ONCE: i64 = 200;

/// The stays of a property that touch a day, from the one that arrives to the one that leaves, as far as they have a
/// unit and take place.
pub(crate) async fn stays_about(
    tx: &mut TenantTx,
    property: PropertyId,
    day: NaiveDate,
) -> Result<Vec<Reservation>, HousekeepingError> {
    let filter = ReservationFilter {
        arrival_until: day.succ_opt(),
        departure_from: Some(day),
        ..ReservationFilter::default()
    };
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = reservations(tx, property, &filter, after, AT_ONCE).await?;
        let read = i64::try_from(page.len()).unwrap_or(AT_ONCE);
        after = page.last().map(|stay| stay.id);
        found.extend(page.into_iter().filter(takes_place));
        if read < AT_ONCE {
            return Ok(found);
        }
    }
}

fn takes_place(stay: &Reservation) -> bool {
    let real = matches!(
        stay.status,
        ReservationStatus::Confirmed | ReservationStatus::InHouse | ReservationStatus::CheckedOut
    );
    real && stay.unit.is_some()
}
