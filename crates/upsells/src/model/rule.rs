use diesel_derive_newtype::DieselNewType;
use motel_kernel::PropertyId;
use motel_rates::DateWindow;
use motel_tenancy::PolicyTopic;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Conditions, Offered, Words};

/// Which rule.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DieselNewType,
)]
#[serde(transparent)]
pub struct RuleId(Uuid);

motel_db::text_enum! {
    /// At what moment of a conversation a rule is looked at.
    pub enum Trigger {
        /// The guest was told what a room costs.
        RoomsOffered = "rooms_offered",
        /// Everything was read back and waits for a yes.
        ReadBack = "read_back",
        /// A room was booked just now.
        Booked = "booked",
        /// The guest looked at their booking.
        LookedUp = "looked_up",
        /// The guest asked about something.
        AskedAbout = "asked_about",
    }
}

/// Something to offer, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The id.
    pub id: RuleId,
    /// Whose rule it is.
    pub property_id: PropertyId,
    /// Its place among the rules, the lowest first.
    pub position: i32,
    /// What it says.
    pub details: RuleDetails,
    /// Goes up with every change.
    pub version: i32,
}

/// A rule as a property describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDetails {
    /// What the staff call it.
    pub name: String,
    /// Whether it is on.
    pub enabled: bool,
    /// When it is looked at.
    pub trigger: Trigger,
    /// What has to be asked about, for [`Trigger::AskedAbout`] and no other.
    pub topic: Option<PolicyTopic>,
    /// What has to be true of the stay.
    pub conditions: Conditions,
    /// The dates, at the property, on which it is said.
    pub days: DateWindow,
    /// What is offered.
    pub offered: Offered,
    /// What the guest reads.
    pub words: Words,
}

impl RuleId {
    /// A new id.
    #[expect(
        clippy::new_without_default,
        reason = "two fresh ids are never equal, so there is no default one"
    )]
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }

    /// The bare UUID.
    pub fn as_uuid(self) -> Uuid {
        self.0
    }
}

impl From<Uuid> for RuleId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}
