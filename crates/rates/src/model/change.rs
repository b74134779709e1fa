use serde::{Deserialize, Serialize};

/// What is done to a price: a share of it is added, then an amount. Either may be negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub struct Change {
    /// 2,000 makes it 20 % dearer, -1,000 10 % cheaper.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = -10_000, maximum = 100_000))]
    pub basis_points: i32,
    /// In minor units, after the share.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = -100_000_000_000_i64, maximum = 100_000_000_000_i64))]
    pub amount_minor: i64,
}

impl Change {
    /// A change by a share alone.
    pub fn percent(basis_points: i32) -> Self {
        Self {
            basis_points,
            amount_minor: 0,
        }
    }

    /// A change by an amount alone.
    pub fn amount(amount_minor: i64) -> Self {
        Self {
            basis_points: 0,
            amount_minor,
        }
    }
}
