use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{CallId, ConversationId};

use crate::schema::calls;

motel_db::text_enum! {
    /// Who carries the call.
    pub enum Provider {
        /// Twilio.
        Twilio = "twilio",
        /// The page that plays a telephone.
        Simulated = "simulated",
    }
}

motel_db::text_enum! {
    /// How a call stands.
    pub enum CallStatus {
        /// The caller is on the line.
        InProgress = "in_progress",
        /// We said goodbye.
        Completed = "completed",
        /// The caller hung up before.
        Incomplete = "incomplete",
    }
}

/// A telephone call. What was said is in its conversation.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = calls, check_for_backend(diesel::pg::Pg))]
pub struct Call {
    /// Which one.
    pub id: CallId,
    /// Who carries it.
    pub provider: Provider,
    /// What the carrier calls it.
    pub provider_call_id: String,
    /// What was said.
    pub conversation_id: ConversationId,
    /// Who called, as the carrier says; `None` for the simulated phone or a withheld number.
    pub from_number: Option<String>,
    /// The number called.
    pub to_number: Option<String>,
    /// How it stands.
    pub status: CallStatus,
    /// The turn the caller takes next, from 1.
    pub next_turn: i32,
    /// How often in a row the caller said nothing.
    pub silences: i16,
    /// When it was answered.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}
