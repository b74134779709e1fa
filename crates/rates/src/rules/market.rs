use chrono::NaiveDate;
use motel_inventory::{NightFree, UnitGroup};
use motel_kernel::{MoneyError, Party, StayDates};
use motel_tenancy::Property;

use super::selling::{fits, left};
use super::{Unpriced, price_stay};
use crate::{
    Offer, PriceRequest, PricingTable, Reason, SearchRequest, SearchResult, StayPrice, Terms,
    Unavailable,
};

/// What a property has to sell within some window of dates, read once and asked as often as one likes.
pub(crate) struct Market<'a> {
    pub(crate) property: &'a Property,
    pub(crate) groups: Vec<(UnitGroup, Vec<NightFree>)>,
    pub(crate) table: PricingTable,
    pub(crate) request: &'a SearchRequest,
    /// The date at the property.
    pub(crate) today: NaiveDate,
}

impl Market<'_> {
    /// An offer, or the reason why there is none, for every group.
    pub(crate) fn search(&self, stay: StayDates, party: Party) -> Result<SearchResult, MoneyError> {
        let mut result = SearchResult::default();
        for (group, free) in &self.groups {
            match self.offer(group, free, stay, party)? {
                Ok(offer) => result.offers.push(offer),
                Err(reason) => result.unavailable.push(Unavailable {
                    unit_group: group.clone(),
                    reason,
                }),
            }
        }
        Ok(result)
    }

    fn offer(
        &self,
        group: &UnitGroup,
        free: &[NightFree],
        stay: StayDates,
        party: Party,
    ) -> Result<Result<Offer, Reason>, MoneyError> {
        let available = fits(self.property, group, party).and_then(|()| left(free, stay));
        let available_count = match available {
            Ok(count) => count,
            Err(reason) => return Ok(Err(reason)),
        };
        let price = match self.cheapest(group, stay, party)? {
            Ok(price) => price,
            Err(reason) => return Ok(Err(reason)),
        };
        Ok(Ok(Offer {
            unit_group: group.clone(),
            available_count,
            price,
            terms: Terms::of(self.property, stay),
        }))
    }

    /// The lowest price among the plans on sale; otherwise the first thing against the plan with the fewest against it.
    fn cheapest(
        &self,
        group: &UnitGroup,
        stay: StayDates,
        party: Party,
    ) -> Result<Result<StayPrice, Reason>, MoneyError> {
        let mut lowest: Option<StayPrice> = None;
        let mut least = vec![
            Reason::NoRate {
                night: stay.arrival()
            };
            99
        ];
        for plan in self.table.plans() {
            let request = PriceRequest {
                unit_group: group.id,
                rate_plan: plan.id,
                stay,
                party,
                child_ages: &self.request.child_ages,
                promo: self.request.promo.as_deref(),
                booked_on: self.today,
                agreed: &[],
            };
            if self
                .request
                .rate_plan
                .as_ref()
                .is_some_and(|only| *only != plan.details.code)
            {
                continue;
            }
            match price_stay(&self.table, &request) {
                Ok(price)
                    if lowest
                        .as_ref()
                        .is_none_or(|low| price.total.minor() < low.total.minor()) =>
                {
                    lowest = Some(price);
                }
                Ok(_) => {}
                Err(Unpriced::Refused(reasons)) if reasons.len() < least.len() => least = reasons,
                Err(Unpriced::Refused(_)) => {}
                Err(Unpriced::Money(error)) => return Err(error),
            }
        }
        let first = least.first().copied().unwrap_or(Reason::PlanNotOnSale);
        Ok(lowest.ok_or(first))
    }
}
