use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::ConversationId;

use crate::schema::hand_overs;

motel_db::text_enum! {
    /// Why a conversation is handed to a person.
    pub enum HandOverReason {
        /// The guest asked for one, or for what only people do.
        AskedForPerson = "asked_for_person",
        /// Several answers in a row helped nobody.
        RepeatedFailure = "repeated_failure",
        /// The guest is angry.
        Anger = "anger",
        /// Somebody may be in danger.
        Emergency = "emergency",
        /// Much is at stake: a long stay, several rooms or a large amount.
        HighValue = "high_value",
        /// The guest asked for an exception from the rules, or haggled.
        PolicyException = "policy_exception",
    }
}

/// A conversation that was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = hand_overs, check_for_backend(diesel::pg::Pg))]
pub struct HandOver {
    /// Which one.
    pub conversation_id: ConversationId,
    /// Why.
    pub reason: HandOverReason,
    /// What who takes over should know, in a few lines; empty once who spoke is erased.
    pub summary: String,
    /// When.
    pub handed_over_at: DateTime<Utc>,
}

impl HandOver {
    /// The most characters of a summary; what is longer is cut.
    pub const LONGEST: usize = 4_000;
}
