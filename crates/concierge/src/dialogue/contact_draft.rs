use motel_kernel::{Email, PersonName, Phone};
use serde::{Deserialize, Serialize};

use crate::understanding::Slot;

/// Who the guest is, as far as said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ContactDraft {
    pub(crate) name: Option<PersonName>,
    pub(crate) email: Option<Email>,
    pub(crate) phone: Option<Phone>,
    pub(crate) phone_declined: bool,
}

impl ContactDraft {
    /// What to ask next, if anything; the telephone number may be declined.
    pub(crate) fn missing(&self) -> Option<Slot> {
        match self {
            Self { name: None, .. } => Some(Slot::Name),
            Self { email: None, .. } => Some(Slot::Email),
            Self {
                phone: None,
                phone_declined: false,
                ..
            } => Some(Slot::Phone),
            _ => None,
        }
    }

    /// Whether a person could come back to the guest.
    pub(crate) fn is_reachable(&self) -> bool {
        self.name.is_some() && (self.email.is_some() || self.phone.is_some())
    }
}
