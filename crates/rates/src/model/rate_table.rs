use chrono::NaiveDate;
use motel_kernel::{Money, RatePlanId, UnitGroupId};

use crate::Weekdays;

/// One rate as it bears on a unit group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRate {
    /// The group of the unit the rate is for.
    pub unit_group: UnitGroupId,
    /// The plan.
    pub rate_plan: RatePlanId,
    /// The plan's code.
    pub plan_code: String,
    /// The nights of the week the plan prices.
    pub nights: Weekdays,
    /// Per night.
    pub amount: Money,
    /// The first night.
    pub valid_from: NaiveDate,
    /// The first night no more.
    pub valid_until: NaiveDate,
    /// The fewest nights of a stay it can be part of.
    pub min_nights: u32,
    /// The most nights of a stay it can be part of.
    pub max_nights: u32,
}

/// The rates that may bear on some stays of a property.
///
/// A sale is of a unit group, rates are kept by unit: a group's price for a night is the lowest among its units' rates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RateTable(Vec<GroupRate>);

impl RateTable {
    /// A table of these rates.
    pub fn new(rates: Vec<GroupRate>) -> Self {
        Self(rates)
    }

    /// The rates of a group that price a night, for stays of any length.
    pub fn on(&self, group: UnitGroupId, night: NaiveDate) -> impl Iterator<Item = &GroupRate> {
        self.0
            .iter()
            .filter(move |rate| rate.unit_group == group && rate.prices(night))
    }
}

impl GroupRate {
    /// True when the rate is valid on that night and its plan prices that day of the week.
    pub fn prices(&self, night: NaiveDate) -> bool {
        self.valid_from <= night && night < self.valid_until && self.nights.include(night)
    }
}
