use std::fmt;
use std::str::FromStr;

use diesel_derive_newtype::DieselNewType;
use motel_kernel::InvalidId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What tells one statement from others.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DieselNewType,
)]
#[serde(transparent)]
pub struct StatementId(Uuid);

impl StatementId {
    #[expect(
        clippy::new_without_default,
        reason = "two fresh ids are never equal, so there is no default one"
    )]
    /// A new id, ordered by time of creation (UUID version 7).
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for StatementId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let id = text.parse().map(Self);
        id.map_err(|_| InvalidId {
            what: "StatementId",
        })
    }
}
