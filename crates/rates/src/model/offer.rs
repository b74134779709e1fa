use motel_inventory::UnitGroup;
use motel_kernel::{Money, RatePlanId};

use crate::{PackageOffer, Reason, StayPrice, Terms};

/// A unit group that can be sold for the dates and party of a search, under at least one plan. It holds nothing: somebody
/// else may take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The group.
    pub unit_group: UnitGroup,
    /// How many units the scarcest night has left.
    pub available_count: u32,
    /// How many of them can be sold like this, at least one: fewer where only accessible ones will do.
    pub sellable_count: u32,
    /// The plans under which it cannot be sold, and why.
    pub refused: Vec<RefusedPlan>,
    cheapest: PlanOffer,
    dearer: Vec<PlanOffer>,
}

/// A unit group under one rate plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanOffer {
    /// The plan.
    pub rate_plan: RatePlanId,
    /// The plan's code.
    pub code: String,
    /// What the plan is called.
    pub name: String,
    /// What is in the price besides the room: `breakfast`.
    pub inclusions: Vec<String>,
    /// What it costs.
    pub price: StayPrice,
    /// On what terms.
    pub terms: Terms,
    /// The packages that go with it, none of which is over.
    pub packages: Vec<PackageOffer>,
}

/// A rate plan that cannot be sold for a search, and everything that stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedPlan {
    /// The plan's code.
    pub code: String,
    /// What the plan is called.
    pub name: String,
    /// At least one, each once.
    pub reasons: Vec<Reason>,
}

impl Offer {
    /// An offer of these plans; `None` without any. They are put in order, the cheapest first.
    pub fn new(
        unit_group: UnitGroup,
        (available_count, sellable_count): (u32, u32),
        mut plans: Vec<PlanOffer>,
        refused: Vec<RefusedPlan>,
    ) -> Option<Self> {
        plans.sort_by_key(|plan| plan.price.total.minor());
        let mut plans = plans.into_iter();
        Some(Self {
            unit_group,
            available_count,
            sellable_count,
            refused,
            cheapest: plans.next()?,
            dearer: plans.collect(),
        })
    }

    /// The plans, the cheapest first.
    pub fn plans(&self) -> impl Iterator<Item = &PlanOffer> {
        std::iter::once(&self.cheapest).chain(&self.dearer)
    }

    /// The plan with that code.
    pub fn plan(&self, code: &str) -> Option<&PlanOffer> {
        self.plans().find(|plan| plan.code == code)
    }

    /// The cheapest plan.
    pub fn cheapest(&self) -> &PlanOffer {
        &self.cheapest
    }

    /// The cheapest plan, without the rest.
    pub fn into_cheapest(self) -> PlanOffer {
        self.cheapest
    }

    /// What it costs under the cheapest plan.
    pub fn price(&self) -> &StayPrice {
        &self.cheapest.price
    }

    /// What the guest pays under the cheapest plan.
    pub fn total(&self) -> Money {
        self.cheapest.price.total
    }

    /// The terms of the cheapest plan.
    pub fn terms(&self) -> &Terms {
        &self.cheapest.terms
    }
}
