use std::fmt;
use std::str::FromStr;

use diesel_derive_newtype::DieselNewType;
use serde::{Deserialize, Serialize};

/// The number of a version within its business and kind: 0 is the text that comes with the program, 1 the first one saved.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DieselNewType,
)]
#[serde(transparent)]
pub struct VersionNumber(i32);

impl VersionNumber {
    /// The text that comes with the program.
    pub const DEFAULT: Self = Self(0);

    /// As a number.
    pub fn get(self) -> i32 {
        self.0
    }

    /// As tables keep it, where the default is no row.
    pub(crate) fn saved(self) -> Option<i32> {
        (self != Self::DEFAULT).then_some(self.0)
    }

    /// From a table.
    pub(crate) fn of(saved: Option<i32>) -> Self {
        Self(saved.unwrap_or(0))
    }
}

impl TryFrom<i32> for VersionNumber {
    type Error = &'static str;

    fn try_from(number: i32) -> Result<Self, Self::Error> {
        match number {
            0.. => Ok(Self(number)),
            _ => Err("is not the number of a version"),
        }
    }
}

impl FromStr for VersionNumber {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = text.parse::<i32>();
        number
            .map_err(|_| "is not the number of a version")
            .and_then(Self::try_from)
    }
}

impl fmt::Display for VersionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
