use motel_kernel::{PropertyId, RatePlanId};
use serde::{Deserialize, Serialize};

use crate::{Change, OccupancyPrices};

/// A way of pricing nights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatePlan {
    /// The id.
    pub id: RatePlanId,
    /// Whose plan it is.
    pub property_id: PropertyId,
    /// What it says.
    pub details: RatePlanDetails,
    /// Goes up with every change.
    pub version: i32,
}

/// A rate plan as a property describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatePlanDetails {
    /// The word programs use, unique in the property: `standard`.
    pub code: String,
    /// What people read: "Standard rate".
    pub name: String,
    /// A sentence or two on what makes it special.
    pub description: String,
    /// False takes it off sale; plans derived from it stay on.
    pub active: bool,
    /// Plans are shown in ascending order.
    pub sort: i16,
    /// Where its prices come from, if it has no base prices of its own.
    pub derivation: Option<Derivation>,
    /// Basis points added to the price of a night by the day it begins on, Monday first: 2,000 is a fifth more.
    pub weekday_changes: [i32; 7],
    /// What the number of guests does to the price; a derived plan without it goes by its parent's.
    pub occupancy: Option<OccupancyPrices>,
    /// Discounts on long stays, by the nights they begin at.
    pub length_discounts: Vec<LengthDiscount>,
    /// What is in the price besides the room: `breakfast`.
    pub inclusions: Vec<String>,
    /// A night is rounded half up to a multiple of so many minor units: 1 rounds to the cent, 100 to the dollar.
    pub rounding_minor: i64,
}

/// The prices of a plan are those of another plan, changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derivation {
    /// The other plan.
    pub parent: RatePlanId,
    /// What is done to its price.
    pub change: Change,
    /// True when the parent's price for the guests who come is changed; false when its price for the standard occupancy
    /// is, and the surcharges for guests are added as they are.
    pub of_total: bool,
}

/// A stay of so many nights or more has a share taken off every night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub struct LengthDiscount {
    /// The fewest nights.
    #[cfg_attr(feature = "http", schema(minimum = 2, maximum = 365))]
    pub from_nights: u32,
    /// Taken off: 1,000 is a tenth.
    #[cfg_attr(feature = "http", schema(minimum = 1, maximum = 10_000))]
    pub basis_points: i32,
}

impl RatePlanDetails {
    /// A plan with nothing special about it: on sale, with its own base prices, rounded to the minor unit.
    pub fn new(code: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            name: name.into(),
            description: String::new(),
            active: true,
            sort: 0,
            derivation: None,
            weekday_changes: [0; 7],
            occupancy: None,
            length_discounts: Vec::new(),
            inclusions: Vec::new(),
            rounding_minor: 1,
        }
    }

    /// The share taken off the nights of a stay of so many; the discount that begins last counts.
    pub(crate) fn length_discount(&self, nights: u32) -> i32 {
        let reached = self.length_discounts.iter();
        reached
            .filter(|discount| discount.from_nights <= nights)
            .max_by_key(|discount| discount.from_nights)
            .map_or(0, |discount| discount.basis_points)
    }
}
