use serde::{Deserialize, Serialize};

motel_db::text_enum! {
    /// What a price is for.
    pub enum PriceBasis {
        /// For each guest.
        PerGuest = "per_guest",
        /// Once, however many come.
        PerSession = "per_session",
    }
}

/// An extra to a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub struct AddOn {
    /// What it is ordered by.
    #[cfg_attr(feature = "http", schema(pattern = "^[a-z0-9][a-z0-9_-]{0,63}$"))]
    pub code: String,
    /// What guests call it.
    #[cfg_attr(feature = "http", schema(min_length = 1, max_length = 120))]
    pub name: String,
    /// For whom it is charged.
    #[cfg_attr(feature = "http", schema(value_type = String, pattern = "^(per_guest|per_session)$"))]
    pub basis: PriceBasis,
    /// For one of it, in minor units of the service's currency.
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 100_000_000))]
    pub price_minor: i64,
    /// The most of it in one appointment where it is charged per session. Per guest the guests are the limit.
    #[serde(default = "one")]
    #[cfg_attr(feature = "http", schema(minimum = 1, maximum = 1000))]
    pub most: u32,
}

fn one() -> u32 {
    1
}

/// An extra that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub struct WantedAddOn {
    /// Which.
    #[cfg_attr(feature = "http", schema(pattern = "^[a-z0-9][a-z0-9_-]{0,63}$"))]
    pub code: String,
    /// How many; absent means for every guest, or one where it is charged per session.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = 1, maximum = 10000))]
    pub quantity: Option<u32>,
}
