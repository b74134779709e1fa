use motel_kernel::Money;
use serde::{Deserialize, Serialize};

/// A component of the price of a night.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NightPart {
    /// What it comes from.
    pub kind: PartKind,
    /// The code of what made it: of the season, the derived plan or the promo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// How much; negative where it makes the night cheaper.
    pub amount: Money,
}

/// What a component of the price of a night comes from, in the order they are reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The base price of the unit group.
    Base,
    /// A season.
    Season,
    /// The day of the week.
    Weekday,
    /// What a derived plan makes of its parent's price.
    Derivation,
    /// Who comes: single use, extra adults, children.
    Occupancy,
    /// The length of the stay.
    LengthOfStay,
    /// A promo code.
    Promo,
    /// A package that makes the stay cheaper.
    Package,
    /// Bringing the others to a whole amount.
    Rounding,
}
