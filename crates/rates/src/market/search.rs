use chrono::{DateTime, Utc};
use motel_kernel::MoneyError;

use super::selling::{left, misfits};
use super::{GroupOnSale, Market};
use crate::rules::{Unpriced, packaged, price_stay, price_with_package};
use crate::{
    Offer, PlanOffer, PriceRequest, RatePlan, RatesError, Reason, RefusedPlan, SearchRequest,
    SearchResult, StayPrice, Unavailable,
};

/// The longest stay of a property that has no policy on it.
pub const USUAL_LONGEST_STAY: u32 = 30;

impl Market {
    /// What can be sold for the dates and party of a request, with prices, and why the rest cannot. `now` is the moment
    /// at the property.
    ///
    /// # Errors
    /// [`RatesError::InPast`], [`RatesError::TooLong`], [`RatesError::UnknownUnitGroup`] and
    /// [`RatesError::UnknownRatePlan`] refuse the request itself.
    pub fn search(
        &self,
        request: &SearchRequest,
        now: DateTime<Utc>,
    ) -> Result<SearchResult, RatesError> {
        self.check(request, now)?;
        Ok(self.find(request, now)?)
    }

    /// Refuses what could never be searched for.
    pub(super) fn check(
        &self,
        request: &SearchRequest,
        now: DateTime<Utc>,
    ) -> Result<(), RatesError> {
        let (today, longest) = (self.today(now), self.longest_stay());
        if request.stay.arrival() < today {
            return Err(RatesError::InPast { today });
        }
        if request.stay.night_count() > longest {
            return Err(RatesError::TooLong { longest });
        }
        if let Some(code) = &request.unit_group
            && !self
                .groups
                .iter()
                .any(|group| group.unit_group.code == *code)
        {
            let groups = self
                .groups
                .iter()
                .map(|group| group.unit_group.code.clone());
            return Err(RatesError::UnknownUnitGroup {
                code: code.clone(),
                known: groups.collect(),
            });
        }
        if let Some(code) = &request.rate_plan
            && self.table.plan_by_code(code).is_none()
        {
            return Err(RatesError::UnknownRatePlan { code: code.clone() });
        }
        Ok(())
    }

    pub(super) fn longest_stay(&self) -> u32 {
        let policy = self.property.policies.stay_length.as_ref();
        policy.map_or(USUAL_LONGEST_STAY, |policy| policy.maximum_nights)
    }

    /// [`Market::search`] for a request that was checked.
    pub(super) fn find(
        &self,
        request: &SearchRequest,
        now: DateTime<Utc>,
    ) -> Result<SearchResult, MoneyError> {
        let mut result = SearchResult::default();
        for group in self.groups_for(request) {
            match self.offer(group, request, now)? {
                Ok(offer) => result.offers.push(offer),
                Err(refused) => result.unavailable.push(refused),
            }
        }
        Ok(result)
    }

    pub(super) fn groups_for(&self, request: &SearchRequest) -> impl Iterator<Item = &GroupOnSale> {
        let wanted = request.unit_group.clone();
        self.groups.iter().filter(move |group| {
            let wanted = wanted.as_ref();
            wanted.is_none_or(|code| group.unit_group.code == *code)
        })
    }

    /// An offer of one group, or everything that stands in the way of one.
    pub(super) fn offer(
        &self,
        group: &GroupOnSale,
        request: &SearchRequest,
        now: DateTime<Utc>,
    ) -> Result<Result<Offer, Unavailable>, MoneyError> {
        let (count, nights) = left(&group.nights, request.stay);
        let mut reasons = misfits(&self.property, &group.unit_group, request.party);
        let sellable = group.sellable(count, request);
        if request.accessible && group.accessible_units == 0 {
            reasons.push(Reason::NotAccessible);
        }
        reasons.extend(nights);
        let (plans, refused) = self.plans(group, request, now)?;
        if reasons.is_empty()
            && let Some(offer) = Offer::new(
                group.unit_group.clone(),
                (count, sellable),
                plans,
                refused.clone(),
            )
        {
            return Ok(Ok(offer));
        }
        if reasons.is_empty() {
            let nearest = refused.iter().min_by_key(|plan| plan.reasons.len());
            reasons.extend(nearest.into_iter().flat_map(|plan| plan.reasons.clone()));
        }
        let night = request.stay.arrival();
        let mut reasons = reasons.into_iter();
        Ok(Err(Unavailable {
            unit_group: group.unit_group.clone(),
            available_count: count,
            reason: reasons.next().unwrap_or(Reason::NoRate { night }),
            others: reasons.collect(),
            plans: refused,
        }))
    }

    /// The plans under which a group has a price, and why the others have none.
    fn plans(
        &self,
        group: &GroupOnSale,
        request: &SearchRequest,
        now: DateTime<Utc>,
    ) -> Result<(Vec<PlanOffer>, Vec<RefusedPlan>), MoneyError> {
        let (mut sold, mut refused) = (Vec::new(), Vec::new());
        let wanted = request.rate_plan.as_ref();
        let plans = self.table.plans();
        for plan in plans.filter(|plan| wanted.is_none_or(|code| plan.details.code == *code)) {
            match self.price(group, plan, request, now) {
                Ok(price) => {
                    let asked = self.price_request(group, plan, request, now);
                    sold.push(self.plan_offer(plan, price, &asked, now)?);
                }
                Err(Unpriced::Refused(reasons)) => refused.push(RefusedPlan {
                    code: plan.details.code.clone(),
                    name: plan.details.name.clone(),
                    reasons,
                }),
                Err(Unpriced::Money(error)) => return Err(error),
            }
        }
        Ok((sold, refused))
    }

    fn price(
        &self,
        group: &GroupOnSale,
        plan: &RatePlan,
        request: &SearchRequest,
        now: DateTime<Utc>,
    ) -> Result<StayPrice, Unpriced> {
        let asked = self.price_request(group, plan, request, now);
        let price = price_stay(&self.table, &asked)?;
        let Some(code) = &request.package else {
            return Ok(price);
        };
        let package = self.table.package(code);
        let package = package.ok_or(Unpriced::Refused(vec![Reason::PackageUnknown]))?;
        let against = package.against(plan.id, asked.stay, asked.booked_on);
        if !against.is_empty() {
            return Err(Unpriced::Refused(against));
        }
        Ok(price_with_package(
            &package.sold(),
            price,
            &self.table,
            &asked,
        )?)
    }

    fn price_request<'a>(
        &self,
        group: &GroupOnSale,
        plan: &RatePlan,
        request: &'a SearchRequest,
        now: DateTime<Utc>,
    ) -> PriceRequest<'a> {
        PriceRequest {
            unit_group: group.unit_group.id,
            rate_plan: plan.id,
            stay: request.stay,
            party: request.party,
            child_ages: &request.child_ages,
            promo: request.promo.as_deref(),
            booked_on: self.today(now),
            agreed: &[],
        }
    }

    fn plan_offer(
        &self,
        plan: &RatePlan,
        price: StayPrice,
        request: &PriceRequest<'_>,
        now: DateTime<Utc>,
    ) -> Result<PlanOffer, MoneyError> {
        let stay = (request.stay, request.party, request.child_ages);
        let packages = self.table.packages().iter();
        let packages = packages
            // One package is enough.
            .filter(|_| price.package.is_none())
            .filter(|package| package.is_for(plan.id, request.stay, request.booked_on))
            .map(|package| packaged(package, &price, &self.table, request));
        Ok(PlanOffer {
            rate_plan: plan.id,
            code: plan.details.code.clone(),
            name: plan.details.name.clone(),
            inclusions: plan.details.inclusions.clone(),
            terms: self.terms(plan.id, stay, &price, now)?,
            packages: packages.collect::<Result<_, _>>()?,
            price,
        })
    }
}
