use chrono::{DateTime, Utc};
use diesel::{Queryable, Selectable};
use motel_kernel::Actor;

use crate::schema::{activations, kinds};
use crate::{PromptKind, VersionNumber};

/// That a version became active.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = activations, check_for_backend(diesel::pg::Pg))]
pub struct Activation {
    /// Grows with each of its kind.
    pub seq: i32,
    version: Option<i32>,
    pub(crate) back_to: Option<i32>,
    /// Whether it came back because the one after it was rolled back.
    pub rolled_back: bool,
    /// Who did it.
    pub activated_by: Actor,
    /// When.
    pub activated_at: DateTime<Utc>,
}

impl Activation {
    /// Which version became active.
    pub fn number(&self) -> VersionNumber {
        VersionNumber::of(self.version)
    }

    /// Whether another version was active before, which comes back when this is rolled back.
    pub fn can_go_back(&self) -> bool {
        self.back_to.is_some()
    }
}

/// How a business stands with a kind of prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = kinds, check_for_backend(diesel::pg::Pg))]
pub struct Standing {
    /// Which kind.
    pub kind: PromptKind,
    last_number: i32,
    active: Option<i32>,
    last_activation: i32,
}

impl Standing {
    /// Nothing of one's own.
    pub(crate) fn untouched(kind: PromptKind) -> Self {
        Self {
            kind,
            last_number: 0,
            active: None,
            last_activation: 0,
        }
    }

    /// Which version models are told now.
    pub fn active(&self) -> VersionNumber {
        VersionNumber::of(self.active)
    }

    /// The last activation, by which it can be told whether another one came since; 0 before the first.
    pub fn last_activation(&self) -> i32 {
        self.last_activation
    }

    /// How many versions were saved; the last one has this number.
    pub fn saved(&self) -> i32 {
        self.last_number
    }
}
