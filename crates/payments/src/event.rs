use motel_kernel::{Money, PaymentLinkId, RefundId};
use serde::{Deserialize, Serialize};

use crate::RefundOutcome;

/// What a gateway tells us happened to a checkout. Its signature has been verified: only
/// [`crate::Gateway::read_webhook`] makes one from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayEvent {
    /// The gateway's name for this event. The same id delivered twice is the same event.
    #[serde(rename = "id")]
    pub event_id: String,
    /// What happened.
    pub kind: EventKind,
    /// The gateway's name for what it happened to: the checkout, or its refund, or its dispute.
    #[serde(rename = "checkout")]
    pub gateway_reference: String,
    /// Our own payment link, as we gave it to the gateway when the checkout was made.
    pub reference: PaymentLinkId,
    /// Our own refund, as we gave it to the gateway; `None` for a refund that was made at the gateway itself, and for
    /// everything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<RefundId>,
    /// What it was about; for [`EventKind::Paid`] the money that was taken.
    #[serde(flatten)]
    pub amount: Money,
}

/// What can happen to a checkout and its money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The payer agreed, and the money is there to be taken.
    Approved,
    /// Money was set aside, or what is set aside changed: the gateway is to be asked.
    Authorised,
    /// Money that was set aside was let go, or lapsed: the gateway is to be asked.
    Released,
    /// The money was taken.
    Paid,
    /// One attempt failed; the page still takes another card.
    Declined,
    /// It failed for good; this checkout will never be paid.
    Failed,
    /// Nobody paid in time; this checkout will never be paid.
    Expired,
    /// Money is on its way back to the payer.
    RefundProcessing,
    /// Money went back to the payer.
    Refunded,
    /// Money that should have gone back is ours again.
    RefundFailed,
    /// The card's owner wants the money back, and the gateway took it until that is decided.
    Disputed,
    /// It was decided for us: the money is ours again.
    DisputeWon,
    /// It was decided against us: the money is gone.
    DisputeLost,
}

impl EventKind {
    /// True when it does not say all, so that its gateway is to be asked how things stand.
    pub fn is_nudge(self) -> bool {
        matches!(self, Self::Approved | Self::Authorised | Self::Released)
    }

    /// Every kind.
    pub const ALL: [Self; 13] = [
        Self::Approved,
        Self::Authorised,
        Self::Released,
        Self::Paid,
        Self::Declined,
        Self::Failed,
        Self::Expired,
        Self::RefundProcessing,
        Self::Refunded,
        Self::RefundFailed,
        Self::Disputed,
        Self::DisputeWon,
        Self::DisputeLost,
    ];

    /// The word it is logged and stored as.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Authorised => "authorised",
            Self::Released => "released",
            Self::Paid => "paid",
            Self::Declined => "declined",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::RefundProcessing => "refund_processing",
            Self::Refunded => "refunded",
            Self::RefundFailed => "refund_failed",
            Self::Disputed => "disputed",
            Self::DisputeWon => "dispute_won",
            Self::DisputeLost => "dispute_lost",
        }
    }
}

impl From<RefundOutcome> for EventKind {
    fn from(outcome: RefundOutcome) -> Self {
        match outcome {
            RefundOutcome::Processing => Self::RefundProcessing,
            RefundOutcome::Succeeded => Self::Refunded,
            RefundOutcome::Failed => Self::RefundFailed,
        }
    }
}
