//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use chrono::NaiveDate;
use motel_jobs::Event;
use motel_kernel::{NightAuditId, PropertyId};
use serde::{Deserialize, Serialize};

/// A property's day was closed and the next one is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NightAudited {
    /// Which audit closed it.
    pub night_audit_id: NightAuditId,
    /// Of which property.
    pub property_id: PropertyId,
    /// The day that was closed.
    pub business_date: NaiveDate,
    /// The day that is open now.
    pub next_business_date: NaiveDate,
}

impl Event for NightAudited {
    const KIND: &'static str = "night.audited";
}
