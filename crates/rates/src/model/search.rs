use motel_inventory::UnitGroup;
use motel_kernel::{Party, StayDates};

use crate::{Offer, Reason, RefusedPlan};

/// What a guest looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRequest {
    /// The nights.
    pub stay: StayDates,
    /// Who comes.
    pub party: Party,
    /// The code of the only unit group wanted; all of them otherwise.
    pub unit_group: Option<String>,
    /// The code of the only rate plan wanted; every plan on sale otherwise.
    pub rate_plan: Option<String>,
    /// A promo code the guest has.
    pub promo: Option<String>,
    /// The code of a package: prices are those with it, and what cannot be had with it is not offered.
    pub package: Option<String>,
    /// The ages of the children, as far as they are known.
    pub child_ages: Vec<u8>,
    /// True when only accessible units will do.
    pub accessible: bool,
}

/// Every unit group asked for, either with an offer or with the reasons why there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchResult {
    /// What can be sold, in the order the groups are shown.
    pub offers: Vec<Offer>,
    /// What cannot, in the same order.
    pub unavailable: Vec<Unavailable>,
}

/// A unit group that cannot be sold for the dates and party of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unavailable {
    /// The group.
    pub unit_group: UnitGroup,
    /// How many units the scarcest night has left, whether or not they can be sold like that.
    pub available_count: u32,
    /// The first thing that stands in the way.
    pub reason: Reason,
    /// Everything else that does: of the group itself, or of the plan that comes nearest to being sold.
    pub others: Vec<Reason>,
    /// What stands in the way of each plan by itself.
    pub plans: Vec<RefusedPlan>,
}

impl SearchRequest {
    /// A search for any group and plan, without a promo code.
    pub fn new(stay: StayDates, party: Party) -> Self {
        Self {
            stay,
            party,
            unit_group: None,
            rate_plan: None,
            promo: None,
            package: None,
            child_ages: Vec::new(),
            accessible: false,
        }
    }

    /// The same search for other nights.
    #[must_use]
    pub fn on(&self, stay: StayDates) -> Self {
        Self {
            stay,
            ..self.clone()
        }
    }
}

impl Unavailable {
    /// Everything that stands in the way, at least one reason.
    pub fn reasons(&self) -> impl Iterator<Item = Reason> {
        std::iter::once(self.reason).chain(self.others.iter().copied())
    }
}

impl SearchResult {
    /// Why there is no offer at all, in one sentence per group, or in one where all have the same reason. `None` when
    /// there is an offer.
    pub fn why_nothing(&self) -> Option<String> {
        if !self.offers.is_empty() {
            return None;
        }
        Some(match self.unavailable.as_slice() {
            [] => "There are no rooms here.".to_owned(),
            [first, others @ ..] if others.iter().all(|other| other.reason == first.reason) => {
                first.reason.to_string()
            }
            several => several
                .iter()
                .map(|refused| format!("{}: {}", refused.unit_group.name, refused.reason))
                .collect::<Vec<_>>()
                .join(" "),
        })
    }
}
