use motel_kernel::{Money, PaymentLinkId};
use serde::{Deserialize, Serialize};

/// What a gateway tells us happened to a checkout. Its signature has been verified: only
/// [`crate::Gateway::read_webhook`] makes one from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayEvent {
    /// The gateway's name for this event. The same id delivered twice is the same event.
    #[serde(rename = "id")]
    pub event_id: String,
    /// What happened.
    pub kind: EventKind,
    /// The gateway's name for the checkout.
    #[serde(rename = "checkout")]
    pub gateway_reference: String,
    /// Our own payment link, as we gave it to the gateway when the checkout was made.
    pub reference: PaymentLinkId,
    /// What the checkout was about; for [`EventKind::Paid`] the money that was taken.
    #[serde(flatten)]
    pub amount: Money,
}

/// What can happen to a checkout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The money was taken.
    Paid,
    /// One attempt failed; the page still takes another card.
    Declined,
    /// It failed for good; this checkout will never be paid.
    Failed,
    /// Nobody paid in time; this checkout will never be paid.
    Expired,
    /// The card's owner wants the money back, and the gateway took it.
    Disputed,
}

impl EventKind {
    /// The word it is logged and stored as.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Declined => "declined",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Disputed => "disputed",
        }
    }
}
