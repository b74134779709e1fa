use chrono::NaiveDate;
use motel_kernel::{PropertyId, RatePlanId, SeasonId, UnitGroupId};

use crate::{Change, NightRange};

/// Dates on which prices are other than usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Season {
    /// The id.
    pub id: SeasonId,
    /// Whose season it is.
    pub property_id: PropertyId,
    /// What it says.
    pub details: SeasonDetails,
    /// Goes up with every change.
    pub version: i32,
}

/// A season as a property describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeasonDetails {
    /// The word programs use, unique in the property: `summer`.
    pub code: String,
    /// What people read.
    pub name: String,
    /// Of the seasons that fall on a night the one with the highest number counts, and no other.
    pub priority: i16,
    /// The nights.
    pub nights: NightRange,
    /// The only unit group it bears on; every group otherwise.
    pub unit_group: Option<UnitGroupId>,
    /// The only plan it bears on; otherwise every plan with base prices, and so those derived from them.
    pub rate_plan: Option<RatePlanId>,
    /// What it does.
    pub effect: SeasonEffect,
}

/// What a season does to the price of a night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeasonEffect {
    /// Another price takes the place of the usual one, in minor units.
    Price(i64),
    /// The usual price is changed.
    Change(Change),
}

impl SeasonDetails {
    /// True when the season falls on that night of that group.
    pub(crate) fn bears_on(&self, group: UnitGroupId, night: NaiveDate) -> bool {
        self.nights.contains(night) && self.unit_group.is_none_or(|only| only == group)
    }
}
