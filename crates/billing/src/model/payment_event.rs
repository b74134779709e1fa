use chrono::{DateTime, Utc};
use motel_kernel::{BookingId, PaymentLinkId};
use motel_payments::GatewayName;
use uuid::Uuid;

use crate::commands::Taken;

/// Names what a gateway told us once.
pub type PaymentEventId = Uuid;

motel_db::text_enum! {
    /// How far something is that a gateway told us.
    pub enum EventState {
        /// It is written down, and nothing was made of it yet.
        Received = "received",
        /// What follows from it is done.
        Taken = "taken",
        /// The last attempt to take it failed.
        Failed = "failed",
    }
}

/// What a gateway told us of a payment, and how far we are with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentEvent {
    /// The id.
    pub id: PaymentEventId,
    /// From whom.
    pub gateway: GatewayName,
    /// The gateway's name for it.
    pub event_id: String,
    /// About which payment.
    pub link: PaymentLinkId,
    /// Of which booking.
    pub booking: BookingId,
    /// That booking's code.
    pub booking_code: String,
    /// What happened, in our words: `paid`, `refunded` …
    pub kind: String,
    /// How far it is.
    pub state: EventState,
    /// What it led to, once it was taken.
    pub outcome: Option<Taken>,
    /// How often it was tried.
    pub attempts: i32,
    /// Why the last attempt failed.
    pub failure: Option<String>,
    /// When it is tried again by itself; `None` when that is over.
    pub try_at: Option<DateTime<Utc>>,
    /// When it arrived.
    pub received_at: DateTime<Utc>,
    /// Since when it stands there.
    pub changed_at: DateTime<Utc>,
}
