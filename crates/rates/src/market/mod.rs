//! What a property has to sell, read once and asked as often as one likes.

mod alternatives;
mod calendar;
mod rooms;
mod search;
mod selling;
#[cfg(test)]
pub(crate) mod testing;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use motel_inventory::{NightFree, UnitGroup};
use motel_kernel::{MoneyError, Party, RatePlanId, StayDates};
use motel_tenancy::Property;

pub use alternatives::FARTHEST_SHIFT;
pub use rooms::MOST_ROOMS;
pub use search::USUAL_LONGEST_STAY;

use crate::rules::terms;
use crate::{
    CancellationPolicyDetails, PricingTable, SearchRequest, StayPrice, Terms, TermsRequest,
};

/// Everything a search needs of a property within some window of dates: plain owned data that knows no database, so it can
/// be kept in memory for as long as it is true.
///
/// All answers are pure: the same market, request and moment give the same answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Market {
    property: Arc<Property>,
    groups: Vec<GroupOnSale>,
    table: Arc<PricingTable>,
    policies: Arc<CancellationPolicies>,
}

/// A unit group with what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupOnSale {
    /// The group.
    pub unit_group: UnitGroup,
    /// How many of its units are accessible.
    pub accessible_units: u32,
    /// The nights that are open for sale, in order, and what each has left.
    pub nights: Vec<NightFree>,
}

/// Which cancellation policy counts for which plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancellationPolicies {
    /// For plans that name none.
    pub house: CancellationPolicyDetails,
    /// For those that do.
    pub by_plan: HashMap<RatePlanId, CancellationPolicyDetails>,
}

impl Market {
    /// What a property has to sell: `groups` in the order they are shown, `table` with the prices of the nights that are
    /// asked for. Groups that were archived are left out. What is shared with other markets may come as an `Arc`.
    pub fn new(
        property: impl Into<Arc<Property>>,
        mut groups: Vec<GroupOnSale>,
        table: impl Into<Arc<PricingTable>>,
        policies: impl Into<Arc<CancellationPolicies>>,
    ) -> Self {
        groups.retain(|group| group.unit_group.archived_at.is_none());
        Self {
            property: property.into(),
            groups,
            table: table.into(),
            policies: policies.into(),
        }
    }

    /// Whose market it is.
    pub fn property(&self) -> &Property {
        &self.property
    }

    /// The groups, in the order they are shown.
    pub fn groups(&self) -> &[GroupOnSale] {
        &self.groups
    }

    /// What the prices are made of.
    pub fn table(&self) -> &PricingTable {
        &self.table
    }

    /// The terms of a plan for a stay at a price, booked at `now`.
    ///
    /// # Errors
    /// Amounts of different currencies, or beyond 64 bits.
    pub fn terms(
        &self,
        plan: RatePlanId,
        (stay, party, child_ages): (StayDates, Party, &[u8]),
        price: &StayPrice,
        now: DateTime<Utc>,
    ) -> Result<Terms, MoneyError> {
        let request = TermsRequest {
            property: &self.property,
            levies: self.table.levies(),
            stay,
            party,
            child_ages,
            booked_at: now,
            price,
        };
        terms(self.policies.of(plan), &request)
    }

    /// The date at the property.
    fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.property.timezone).date_naive()
    }
}

impl GroupOnSale {
    /// How many of the units that are free can be sold for a search.
    fn sellable(&self, free: u32, request: &SearchRequest) -> u32 {
        if request.accessible {
            free.min(self.accessible_units)
        } else {
            free
        }
    }
}

impl CancellationPolicies {
    /// The policy of a plan.
    pub fn of(&self, plan: RatePlanId) -> &CancellationPolicyDetails {
        self.by_plan.get(&plan).unwrap_or(&self.house)
    }
}
