use chrono::{DateTime, Days, NaiveDate, Utc};
use motel_kernel::{MoneyError, StayDates};

use super::Market;
use crate::{
    Alternative, Alternatives, Offer, PartialStay, RatesError, Reason, SearchRequest, SearchResult,
    SplitStay,
};

/// How many days earlier or later other dates are looked for.
pub const FARTHEST_SHIFT: i64 = 7;

impl Market {
    /// At most `most` of each kind of alternative to a request that nothing fits.
    ///
    /// # Errors
    /// As for [`Market::search`].
    pub fn alternatives(
        &self,
        request: &SearchRequest,
        now: DateTime<Utc>,
        most: usize,
    ) -> Result<Alternatives, RatesError> {
        self.check(request, now)?;
        let anywhere = SearchRequest {
            unit_group: None,
            ..request.clone()
        };
        let mut other_groups = match request.unit_group {
            Some(_) => self.find(&anywhere, now)?.offers,
            None => Vec::new(),
        };
        other_groups.truncate(most);
        Ok(Alternatives {
            dates: self.other_dates(request, now, most)?,
            longer: self.longer(request, now, most)?,
            other_groups,
            split: self.split(&anywhere, now, most)?,
        })
    }

    /// As many nights on other dates: the nearest first, the earlier of two equally near ones first, none in the past.
    ///
    /// # Errors
    /// As for [`Market::search`].
    pub fn other_dates(
        &self,
        request: &SearchRequest,
        now: DateTime<Utc>,
        most: usize,
    ) -> Result<Vec<Alternative>, RatesError> {
        self.check(request, now)?;
        let stays = shifted(request.stay, self.today(now));
        Ok(self.on_sale(stays, request, now, most)?)
    }

    /// The fewest nights that satisfy the minimum in the way, and some that begin earlier instead of ending later.
    fn longer(
        &self,
        request: &SearchRequest,
        now: DateTime<Utc>,
        most: usize,
    ) -> Result<Vec<Alternative>, MoneyError> {
        let result = self.find(request, now)?;
        let Some(nights) = needed(&result).filter(|nights| *nights <= self.longest_stay()) else {
            return Ok(Vec::new());
        };
        let more = nights.saturating_sub(request.stay.night_count());
        let (arrival, today) = (request.stay.arrival(), self.today(now));
        let stays = (0..=more).filter_map(move |earlier| {
            let first = arrival.checked_sub_days(Days::new(earlier.into()))?;
            let stay = StayDates::from_nights(first, nights).ok()?;
            (first >= today).then_some(stay)
        });
        self.on_sale(stays, request, now, most)
    }

    /// One change of rooms on some day of the stay.
    fn split(
        &self,
        request: &SearchRequest,
        now: DateTime<Utc>,
        most: usize,
    ) -> Result<Vec<SplitStay>, MoneyError> {
        let mut found = Vec::new();
        let changes = request.stay.nights().skip(1);
        for change in changes {
            let halves = StayDates::new(request.stay.arrival(), change)
                .and_then(|first| Ok((first, StayDates::new(change, request.stay.departure())?)));
            let Ok((first, second)) = halves else {
                continue;
            };
            let Some(first) = self.cheapest(&request.on(first), now)? else {
                continue;
            };
            let Some(second) = self.cheapest(&request.on(second), now)? else {
                continue;
            };
            let total = first.offer.total().plus(second.offer.total())?;
            found.push(SplitStay {
                first,
                second,
                total,
            });
        }
        found.sort_by_key(|split| split.total.minor());
        found.truncate(most);
        Ok(found)
    }

    fn cheapest(
        &self,
        request: &SearchRequest,
        now: DateTime<Utc>,
    ) -> Result<Option<PartialStay>, MoneyError> {
        let offers = self.find(request, now)?.offers;
        let cheapest = offers
            .into_iter()
            .min_by_key(|offer: &Offer| offer.total().minor());
        Ok(cheapest.map(|offer| PartialStay {
            stay: request.stay,
            offer,
        }))
    }

    /// The first `most` of these stays for which there is an offer.
    fn on_sale(
        &self,
        stays: impl Iterator<Item = StayDates>,
        request: &SearchRequest,
        now: DateTime<Utc>,
        most: usize,
    ) -> Result<Vec<Alternative>, MoneyError> {
        let mut found = Vec::new();
        for stay in stays {
            if found.len() == most {
                break;
            }
            let offers = self.find(&request.on(stay), now)?.offers;
            if !offers.is_empty() {
                found.push(Alternative { stay, offers });
            }
        }
        Ok(found)
    }
}

/// The fewest nights of a stay in whose way only a minimum stands.
fn needed(result: &SearchResult) -> Option<u32> {
    let plans = result.unavailable.iter().flat_map(|group| {
        // What stands in the way of the group itself does not go away with more nights.
        let of_group = group.reasons().all(|reason| minimum(reason).is_some());
        group.plans.iter().filter(move |_| of_group)
    });
    let needed = plans.filter_map(|plan| {
        let minima: Option<Vec<u32>> = plan.reasons.iter().copied().map(minimum).collect();
        minima?.into_iter().max()
    });
    needed.min()
}

pub(super) fn minimum(reason: Reason) -> Option<u32> {
    match reason {
        Reason::MinimumStay { nights, .. } | Reason::MinimumStayThrough { nights, .. } => {
            Some(nights)
        }
        _ => None,
    }
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
}
