//! Percentages as whole hundredths of a percent.

use diesel_derive_newtype::DieselNewType;
use serde::{Deserialize, Serialize};

/// A share in basis points: 1,200 is 12 %, 12,000 is 120 %.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, DieselNewType,
)]
#[serde(transparent)]
pub struct BasisPoints(i32);

/// A rate above 1,000 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a rate is at most 1,000 %, that is 100,000 basis points")]
pub struct InvalidBasisPoints;

impl BasisPoints {
    /// How many basis points make the whole amount.
    pub const WHOLE: u32 = 10_000;

    /// A rate of at most ten times the whole.
    pub fn new(points: u32) -> Result<Self, InvalidBasisPoints> {
        match i32::try_from(points) {
            Ok(value) if points <= 10 * Self::WHOLE => Ok(Self(value)),
            _ => Err(InvalidBasisPoints),
        }
    }

    /// The number of basis points.
    pub fn value(self) -> i32 {
        self.0
    }

    /// As a person reads it: `12%`, `8.875%`.
    pub fn to_percent_string(self) -> String {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match rest {
            0 => format!("{whole}%"),
            _ => format!("{whole}.{rest:02}%"),
        }
    }
}
