use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::ConversationId;
use serde_json::Value;

use crate::model::{ActionTaken, NewTurnRecord};
use crate::port::Reply;
use crate::schema::turns;

motel_db::text_enum! {
    /// Who said it.
    pub enum Speaker {
        /// The guest.
        Guest = "guest",
        /// The built-in concierge.
        Concierge = "concierge",
        /// A person of the team.
        Staff = "staff",
    }
}

/// One thing that was said. Turns are never deleted, nor changed until who spoke is erased.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = turns, check_for_backend(diesel::pg::Pg))]
pub struct Turn {
    /// The thread it belongs to.
    pub conversation_id: ConversationId,
    /// 1 for the first turn of the thread, then without gaps.
    pub seq: i32,
    /// Who said it.
    pub speaker: Speaker,
    /// The words.
    pub text: String,
    /// What the guest wanted, as the concierge understood it.
    pub intent: Option<String>,
    /// What the concierge read out of the words: dates, party, name …
    pub entities: Value,
    /// The tools used for this answer: a list of [`ActionTaken`].
    pub actions: Value,
    /// When it was said.
    pub created_at: DateTime<Utc>,
}

/// Something to be recorded as said. `text` longer than [`NewTurn::LONGEST`] characters is cut there.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTurn {
    /// Who says it.
    pub speaker: Speaker,
    /// The words.
    pub text: String,
    /// What the guest wants, as far as understood.
    pub intent: Option<String>,
    /// What was read out of the words; a JSON object.
    pub entities: Value,
    /// The tools used.
    pub actions: Vec<ActionTaken>,
    /// How it came about, where somebody can tell.
    pub record: Option<NewTurnRecord>,
}

impl NewTurn {
    /// The most characters a turn keeps.
    pub const LONGEST: usize = 8_000;

    /// Words alone, without understanding or tools.
    pub fn said(speaker: Speaker, text: impl Into<String>) -> Self {
        Self {
            speaker,
            text: text.into(),
            intent: None,
            entities: Value::Object(serde_json::Map::new()),
            actions: Vec::new(),
            record: None,
        }
    }

    /// The concierge's turn that carries a reply.
    pub fn replied(reply: &Reply) -> Self {
        Self {
            intent: Some(reply.intent.clone()),
            entities: reply.entities.clone(),
            actions: reply.actions.clone(),
            ..Self::said(Speaker::Concierge, reply.text.clone())
        }
    }

    /// The same, and how it came about.
    #[must_use]
    pub fn recorded(self, record: NewTurnRecord) -> Self {
        Self {
            record: Some(record),
            ..self
        }
    }
}
