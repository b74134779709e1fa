//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use motel_jobs::Event;
use motel_kernel::LeadId;
use serde::{Deserialize, Serialize};

use crate::model::LeadNumber;

/// Somebody left their name and how to reach them, for the first time or again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadCaptured {
    /// Which.
    pub lead_id: LeadId,
    /// What people call it.
    pub number: LeadNumber,
    /// True for a new lead, false when a known one was brought up to date.
    pub created: bool,
}

impl Event for LeadCaptured {
    const KIND: &'static str = "lead.captured";
}
