use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::ConversationId;
use serde_json::Value;

use crate::schema::scores;

motel_db::text_enum! {
    /// How a candidate's attempt at an answer ended.
    pub enum Ending {
        /// It answered.
        Answered = "answered",
        /// The house took a step that no model takes, as it should.
        House = "house",
        /// What it had to say was not fit to be sent, so the built-in engine answered.
        FellBack = "fell_back",
        /// It broke, or could not be reached in time.
        Failed = "failed",
    }
}

/// How the candidate did with one answer.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = scores, check_for_backend(diesel::pg::Pg))]
pub struct NewScore {
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// The turn of whoever answered the guest.
    pub seq: i32,
    /// Whether the guest heard the candidate.
    pub live: bool,
    /// What the candidate is called.
    pub candidate: String,
    /// What the guest wanted.
    pub intent: String,
    /// How the attempt ended.
    pub ending: Ending,
    /// Why it did not answer itself.
    pub fallback: Option<String>,
    /// How long it took, in milliseconds.
    pub took_ms: i32,
    /// How much it agrees with what the guest heard, in hundredths.
    pub agreement: Option<i16>,
    /// `words`, `tools` and `figures`: the candidate's words and what differs; an empty object where nothing was compared.
    pub details: Value,
}

/// The same as it is kept.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = scores, check_for_backend(diesel::pg::Pg))]
pub struct Score {
    /// What was scored.
    #[diesel(embed)]
    pub scored: NewScore,
    /// When.
    pub scored_at: DateTime<Utc>,
}

impl NewScore {
    /// The most bytes that are kept of details; larger ones are left out altogether.
    pub const LARGEST: usize = 50_000;
}
