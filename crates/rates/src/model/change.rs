use serde::{Deserialize, Serialize};

/// What is done to a price: a share of it is added, then an amount. Either may be negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// 2,000 makes it 20 % dearer, -1,000 10 % cheaper.
    #[serde(default)]
    pub basis_points: i32,
    /// In minor units, after the share.
    #[serde(default)]
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
