use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{ConversationId, GuestId};

use crate::model::Turn;
use crate::schema::conversations;

motel_db::text_enum! {
    /// How the guest reached us.
    pub enum Channel {
        /// The chat of the guest page, or a program that calls the API.
        Web = "web",
        /// A telephone call.
        Phone = "phone",
        /// Text messages.
        Sms = "sms",
        /// WhatsApp.
        Whatsapp = "whatsapp",
        /// E-mail.
        Email = "email",
        /// An assistant of somebody else's, by the Model Context Protocol.
        Mcp = "mcp",
    }
}

motel_db::text_enum! {
    /// Who is to answer next, if anybody.
    pub enum Status {
        /// The concierge answers.
        Open = "open",
        /// A person answers.
        HandedOver = "handed_over",
        /// It is over: the caller hung up.
        Closed = "closed",
    }
}

/// A thread of messages with one guest.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = conversations, check_for_backend(diesel::pg::Pg))]
pub struct Conversation {
    /// Which one.
    pub id: ConversationId,
    /// How the guest reached us.
    pub channel: Channel,
    /// Who is to answer next.
    pub status: Status,
    /// The guest, once known.
    pub guest_id: Option<GuestId>,
    /// What the concierge remembers between two messages; a JSON object only the concierge reads.
    pub engine_state: serde_json::Value,
    /// Goes up by one with each saved state.
    pub state_version: i32,
    /// How many turns were recorded; the number of the newest.
    pub turn_count: i32,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When something was last said.
    pub last_message_at: DateTime<Utc>,
}

/// A conversation with the newest thing said in it, for lists.
#[derive(Debug, Clone, PartialEq)]
pub struct ConversationSummary {
    /// The thread.
    pub conversation: Conversation,
    /// Its newest turn; none when nothing was said yet.
    pub newest: Option<Turn>,
}
