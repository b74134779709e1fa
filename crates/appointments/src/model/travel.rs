use serde::{Deserialize, Serialize};

/// Where a service goes that is performed at the guest's place, and what the way costs. Amounts are minor units of the
/// service's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub enum Travel {
    /// Free so far, then by the mile.
    PerMile {
        /// Free within so many miles.
        #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 10000))]
        free_miles: u32,
        /// For each mile beyond.
        #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 100_000_000))]
        fee_minor_per_mile: i64,
        /// No further than this.
        #[serde(default)]
        #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 10000))]
        maximum_miles: Option<u32>,
        /// Never more than this.
        #[serde(default)]
        #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 100_000_000))]
        maximum_fee_minor: Option<i64>,
    },
    /// By rings around the property. Beyond the last one nobody goes.
    DistanceBands {
        /// From the innermost one outwards.
        #[cfg_attr(feature = "http", schema(min_items = 1, max_items = 50))]
        bands: Vec<DistanceBand>,
    },
    /// By the beginning of the postal code; the longest one that fits counts. Nobody goes where none does.
    PostcodeBands {
        /// In any order.
        #[cfg_attr(feature = "http", schema(min_items = 1, max_items = 200))]
        bands: Vec<PostcodeBand>,
    },
}

/// One ring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub struct DistanceBand {
    /// Its outer edge, which belongs to it.
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 10000))]
    pub up_to_miles: u32,
    /// What going there costs.
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 100_000_000))]
    pub fee_minor: i64,
}

/// One area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub struct PostcodeBand {
    /// What the postal codes there begin with; spaces, hyphens and case do not matter.
    #[cfg_attr(feature = "http", schema(pattern = "^[A-Za-z0-9]{1,10}$"))]
    pub prefix: String,
    /// What going there costs.
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 100_000_000))]
    pub fee_minor: i64,
}

/// Where the guest wants to have it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// So many miles from the property, a begun mile counted whole.
    Miles(u32),
    /// At this postal code.
    Postcode(String),
}
