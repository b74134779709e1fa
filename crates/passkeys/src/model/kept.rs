use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_derive_newtype::DieselNewType;
use motel_kernel::InvalidId;
use uuid::Uuid;

use super::PasskeyName;
use crate::schema::credentials;

/// Which passkey, as we call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, DieselNewType)]
pub struct PasskeyId(Uuid);

impl PasskeyId {
    pub(crate) fn new() -> Self {
        Self(Uuid::now_v7())
    }

    /// The bare UUID, for answers.
    pub fn as_uuid(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for PasskeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for PasskeyId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let what = "PasskeyId";
        text.parse().map(Self).map_err(|_| InvalidId { what })
    }
}

/// A passkey of a member, as they may see it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = credentials, check_for_backend(diesel::pg::Pg))]
pub struct KeptPasskey {
    /// Which.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: PasskeyName,
    /// Whether a copy of it lies with whoever keeps the member's passwords, so that it outlives the device.
    pub backed_up: bool,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it was last shown, and right.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When its counter last went back: somebody may have a copy of it.
    pub doubted_at: Option<DateTime<Utc>>,
}
