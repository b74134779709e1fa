use chrono::{DateTime, NaiveDate, Utc};
use motel_kernel::{MoneyError, StayDates};

use super::Market;
use super::alternatives::minimum;
use super::selling::misfits;
use crate::{CalendarDay, LowestStay, RatesError, Reason, SearchRequest};

impl Market {
    /// What each of these days offers as a day of arrival: the cheapest stay of as many nights as the request has, or of
    /// the fewest more that a minimum asks for. Days in the past offer nothing and are left out.
    ///
    /// # Errors
    /// As for [`Market::search`], but for the dates of the request, which do not matter.
    pub fn calendar(
        &self,
        days: impl Iterator<Item = NaiveDate>,
        request: &SearchRequest,
        now: DateTime<Utc>,
    ) -> Result<Vec<CalendarDay>, RatesError> {
        let today = self.today(now);
        let mut calendar = Vec::new();
        for date in days.filter(|date| *date >= today) {
            let Ok(stay) = StayDates::from_nights(date, request.stay.night_count()) else {
                continue;
            };
            let request = request.on(stay);
            self.check(&request, now)?;
            calendar.push(self.calendar_day(&request, now)?);
        }
        Ok(calendar)
    }

    fn calendar_day(
        &self,
        request: &SearchRequest,
        now: DateTime<Utc>,
    ) -> Result<CalendarDay, MoneyError> {
        let found = self.find(request, now)?;
        let mut reason = found.unavailable.first().map(|refused| refused.reason);
        let mut lowest = lowest(&found.offers, request.stay.night_count());
        if lowest.is_none() {
            let mut minima: Vec<_> = found
                .unavailable
                .iter()
                .filter_map(|refused| refused.reasons().map(minimum).max().flatten())
                .collect();
            minima.sort_unstable();
            minima.dedup();
            for nights in minima {
                lowest = self.lowest_of(nights, request, now)?;
                if lowest.is_some() {
                    break;
                }
            }
        }
        if lowest.is_some() {
            reason = None;
        }
        Ok(CalendarDay {
            date: request.stay.arrival(),
            left: self.left_on(request.stay.arrival(), request),
            reason,
            lowest,
        })
    }

    fn lowest_of(
        &self,
        nights: u32,
        request: &SearchRequest,
        now: DateTime<Utc>,
    ) -> Result<Option<LowestStay>, MoneyError> {
        if nights > self.longest_stay() {
            return Ok(None);
        }
        let Ok(stay) = StayDates::from_nights(request.stay.arrival(), nights) else {
            return Ok(None);
        };
        let offers = self.find(&request.on(stay), now)?.offers;
        Ok(lowest(&offers, nights))
    }

    /// Units left on a night, of the groups that take the party.
    fn left_on(&self, night: NaiveDate, request: &SearchRequest) -> u32 {
        let groups = self
            .groups_for(request)
            .filter(|group| misfits(&self.property, &group.unit_group, request.party).is_empty());
        groups
            .filter_map(|group| {
                let at = group.nights.binary_search_by_key(&night, |free| free.night);
                let free = group.nights.get(at.ok()?)?.free;
                Some(group.sellable(free, request))
            })
            .sum()
    }
}

fn lowest(offers: &[crate::Offer], nights: u32) -> Option<LowestStay> {
    let cheapest = offers.iter().min_by_key(|offer| offer.total().minor())?;
    let plan = cheapest.cheapest();
    Some(LowestStay {
        unit_group: cheapest.unit_group.id,
        rate_plan: plan.code.clone(),
        nights,
        night: plan.price.nights.first()?.price,
        total: plan.price.total,
    })
}

impl CalendarDay {
    /// True when a stay can begin on that day.
    pub fn is_open(&self) -> bool {
        self.lowest.is_some()
    }

    /// A stable word for what stands in the way.
    pub fn code(&self) -> Option<&'static str> {
        self.reason.map(Reason::code)
    }
}
