//! The port of whoever answers guests. The chat route and the telephone call it; the concierge implements it.

use async_trait::async_trait;
use motel_kernel::{BookingCode, ConversationId, Money, StayDates, TenantId};
use motel_tenancy::Property;
use serde::Serialize;

use crate::model::{ActionTaken, Channel, GuestMessage};

/// Answers a guest, one message at a time.
///
/// What an implementor owes:
/// - It holds the `Db` and opens its own transactions. Nobody holds one while calling it: a payment link asks a
///   gateway outside any transaction, and a booking that was made stays made when a later step fails.
/// - It records the guest's words first and its own reply last ([`crate::commands::record_turn`]), so a hang-up
///   or a crash loses nothing that was said.
/// - It takes the conversation with [`crate::queries::load_for_update`] in the transaction that reads and saves the
///   engine's state, so that two messages of one conversation are answered one after the other.
/// - Its text fits [`crate::NewTurn::LONGEST`].
#[async_trait]
pub trait Responder: Send + Sync {
    /// The answer to one message.
    ///
    /// # Errors
    /// [`ResponderError::UnknownConversation`] when the tenant has no such conversation; otherwise a fault.
    async fn respond(&self, turn: GuestTurn<'_>) -> Result<Reply, ResponderError>;
}

/// One message of a guest, and where it was said.
#[derive(Clone, Copy)]
pub struct GuestTurn<'a> {
    /// Whose guest.
    pub tenant: TenantId,
    /// The property talked about.
    pub property: &'a Property,
    /// The thread; it exists already.
    pub conversation: ConversationId,
    /// How the guest reached us: speech wants shorter sentences than a chat.
    pub channel: Channel,
    /// The words.
    pub message: &'a GuestMessage,
}

/// What the guest is told, and what was done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reply {
    /// The words for the guest.
    pub text: String,
    /// What the guest wanted: `book`, `availability`, `price`, `policy` … At most 40 characters.
    pub intent: String,
    /// What is understood so far; a JSON object.
    pub entities: serde_json::Value,
    /// The tools used, in order.
    pub actions: Vec<ActionTaken>,
    /// The booking made by this very turn.
    pub booking: Option<BookingMade>,
    /// Where the guest can pay.
    pub payment_url: Option<String>,
    /// The lead taken by this turn, such as `LD00001`.
    pub lead_id: Option<String>,
    /// The guest said good-bye: a caller may be hung up on.
    pub end_call: bool,
    /// The guest wants a person; the conversation was handed over.
    pub hand_over: bool,
}

/// A booking as a guest is told of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BookingMade {
    /// What the guest shows or reads out.
    pub code: BookingCode,
    /// Arrival and departure.
    #[serde(flatten)]
    pub stay: StayDates,
    /// The unit group's code, such as `standard_queen`.
    pub room_type: String,
    /// The whole price, taxes included.
    pub total: Money,
}

impl Reply {
    /// Words for an intent, with nothing understood, done or made.
    pub fn saying(text: impl Into<String>, intent: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            intent: intent.into(),
            entities: serde_json::Value::Object(serde_json::Map::new()),
            actions: Vec::new(),
            booking: None,
            payment_url: None,
            lead_id: None,
            end_call: false,
            hand_over: false,
        }
    }
}

/// Why a guest got no answer.
#[derive(Debug, thiserror::Error)]
pub enum ResponderError {
    /// This tenant has no conversation of that id.
    #[error("there is no conversation {0}")]
    UnknownConversation(ConversationId),
    /// Something broke.
    #[error("the guest could not be answered")]
    Fault(#[source] Box<dyn std::error::Error + Send + Sync>),
}
