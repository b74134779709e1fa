use motel_kernel::BasisPoints;
use serde::{Deserialize, Serialize};

/// Children of some ages who pay less of a charge per person, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgeBand {
    /// The youngest age in years that belongs to it.
    pub from: u8,
    /// The first age that belongs to it no more.
    pub until: u8,
    /// How much of the amount they pay: 0 is exempt, 5,000 half.
    pub share: BasisPoints,
}

impl AgeBand {
    /// True when a child of that age belongs to it.
    pub fn includes(self, age: u8) -> bool {
        (self.from..self.until).contains(&age)
    }
}
