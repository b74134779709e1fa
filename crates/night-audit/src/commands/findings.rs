use chrono::{Days, NaiveDate};
use motel_bookings::Reservation;

use super::house::House;
use crate::{Finding, FindingKind};

/// The most findings one report names.
const MOST_FINDINGS: usize = 500;

/// What somebody should look into before the next day begins.
pub(super) fn findings(house: &House, day: NaiveDate) -> Vec<Finding> {
    let due_out = house
        .in_house()
        .filter(|stay| stay.dates.departure() <= day)
        .map(|stay| (FindingKind::DueOut, stay));
    let unassigned = house
        .expected()
        .filter(|stay| stay.dates.arrival() == day + Days::new(1) && stay.unit.is_none())
        .map(|stay| (FindingKind::UnassignedArrival, stay));
    let never_arrived = house
        .expected()
        .filter(|stay| stay.dates.departure() <= day)
        .map(|stay| (FindingKind::NeverArrived, stay));
    due_out
        .chain(unassigned)
        .chain(never_arrived)
        .filter_map(|(kind, stay)| finding(house, kind, stay))
        .take(MOST_FINDINGS)
        .collect()
}

fn finding(house: &House, kind: FindingKind, stay: &Reservation) -> Option<Finding> {
    let booking = house.booking(stay).ok()?;
    Some(Finding {
        kind,
        booking_code: booking.code.clone(),
        reservation_id: stay.id,
        guest: booking.booker.name.to_string(),
    })
}
