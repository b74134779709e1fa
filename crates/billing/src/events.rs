//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use chrono::{DateTime, Utc};
use motel_jobs::Event;
use motel_kernel::{BookingId, Money, PaymentLinkId, RefundId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::RefundState;

/// Money came in for a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentReceived {
    /// For which.
    pub booking_id: BookingId,
    /// By which link.
    pub payment_link_id: PaymentLinkId,
    /// How much.
    #[serde(flatten)]
    pub amount: Money,
}

/// Staff withdrew a payment link, and its page is to be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentRevoked {
    /// Which.
    pub payment_link_id: PaymentLinkId,
}

/// Somebody wants money to go back through its gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundRequested {
    /// Which.
    pub refund_id: RefundId,
}

/// A refund went on: the money is on its way, or gone, or ours after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundChanged {
    /// Of which booking.
    pub booking_id: BookingId,
    /// Which.
    pub refund_id: RefundId,
    /// Where it stands.
    pub state: RefundState,
}

/// The sandbox gateway has something to tell us, and will until it gets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxNoticed {
    /// Which notice.
    pub notice_id: Uuid,
}

/// Something is due for a booking that nobody has paid, and its guests are to be reminded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentDue {
    /// Of which booking.
    pub booking_id: BookingId,
    /// For when it was planned to look: with the booking, what makes a reminder unique.
    pub planned_for: DateTime<Utc>,
    /// What is due by now.
    #[serde(flatten)]
    pub amount: Money,
    /// The card that the guests left was charged and refused.
    #[serde(default)]
    pub card_refused: bool,
}

/// Money is to be taken from a card that guests left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeRequested {
    /// By which link.
    pub payment_link_id: PaymentLinkId,
}

/// A card that guests left is charged no more, and its gateway is to forget it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardRemoved {
    /// Which: the payment it was left with.
    pub card_id: PaymentLinkId,
}

/// Something is wanted of an authorisation: that it be asked for, taken or let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorisationWanted {
    /// Which.
    pub payment_link_id: PaymentLinkId,
}

/// Money that is set aside lapses within a day, and staff are to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorisationEnding {
    /// Of which booking.
    pub booking_id: BookingId,
    /// Which.
    pub payment_link_id: PaymentLinkId,
    /// It can be taken before this moment.
    pub until: DateTime<Utc>,
    /// How much.
    #[serde(flatten)]
    pub amount: Money,
}

impl Event for AuthorisationWanted {
    const KIND: &'static str = "authorisation.wanted";
}

impl Event for AuthorisationEnding {
    const KIND: &'static str = "authorisation.ending";
}

impl Event for ChargeRequested {
    const KIND: &'static str = "charge.requested";
}

impl Event for CardRemoved {
    const KIND: &'static str = "card.removed";
}

impl Event for PaymentDue {
    const KIND: &'static str = "payment.due";
}

impl Event for PaymentReceived {
    const KIND: &'static str = "payment.received";
}

impl Event for PaymentRevoked {
    const KIND: &'static str = "payment.revoked";
}

impl Event for RefundRequested {
    const KIND: &'static str = "refund.requested";
}

impl Event for RefundChanged {
    const KIND: &'static str = "refund.changed";
}

impl Event for SandboxNoticed {
    const KIND: &'static str = "sandbox.noticed";
}
