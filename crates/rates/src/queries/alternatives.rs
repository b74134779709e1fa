use chrono::{Days, NaiveDate};
use motel_db::TenantTx;
use motel_kernel::StayDates;
use motel_tenancy::Property;

use super::market::market;
use super::search::check;
use crate::{Alternative, RatesError, SearchRequest};

/// How many days earlier or later other dates are looked for.
pub const FARTHEST_SHIFT: i64 = 7;

/// At most `most` other dates, as many nights, on which there is an offer: the nearest first, the earlier of two
/// equally near ones first, none in the past. One read serves all of them.
///
/// # Errors
/// As for [`search`](crate::queries::search).
pub async fn alternatives(
    tx: &mut TenantTx,
    property: &Property,
    request: &SearchRequest,
    today: NaiveDate,
    most: usize,
) -> Result<Vec<Alternative>, RatesError> {
    check(property, request, today)?;
    let Some(window) = window(request.stay) else {
        return Ok(Vec::new());
    };
    let market = market(tx, property, request, window, today).await?;
    let mut found = Vec::new();
    for stay in shifted(request.stay, today) {
        if found.len() == most {
            break;
        }
        let offers = market.search(stay, request.party)?.offers;
        if !offers.is_empty() {
            found.push(Alternative { stay, offers });
        }
    }
    Ok(found)
}

/// The nights that any of the shifted stays has; `None` at the ends of the calendar and for a stay of nearly a year.
fn window(stay: StayDates) -> Option<StayDates> {
    let margin = Days::new(FARTHEST_SHIFT.unsigned_abs());
    let first = stay.arrival().checked_sub_days(margin)?;
    let last = stay.departure().checked_add_days(margin)?;
    StayDates::new(first, last).ok()
}

fn shifted(stay: StayDates, today: NaiveDate) -> impl Iterator<Item = StayDates> {
    (1..=FARTHEST_SHIFT)
        .flat_map(|days| [-days, days])
        .filter_map(move |days| stay.shifted(days))
        .filter(move |other| other.arrival() >= today)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_nearest_dates_come_first_and_none_is_past() {
        let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        let stay = StayDates::from_nights(today + Days::new(2), 3).unwrap();
        let shifts: Vec<_> = shifted(stay, today)
            .map(|other| (other.arrival() - stay.arrival()).num_days())
            .collect();
        assert_eq!(shifts, [-1, 1, -2, 2, 3, 4, 5, 6, 7]);
        assert!(shifted(stay, today).all(|other| other.night_count() == 3));
    }

    #[test]
    fn the_window_holds_every_shifted_stay() {
        let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        let stay = StayDates::from_nights(today + Days::new(20), 3).unwrap();
        let window = window(stay).unwrap();
        let nights: Vec<_> = window.nights().collect();
        assert!(
            shifted(stay, today)
                .flat_map(StayDates::nights)
                .all(|night| nights.contains(&night))
        );
    }
}
