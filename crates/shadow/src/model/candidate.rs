use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{Actor, ConversationId};

use super::Terms;
use crate::rules::takes;
use crate::schema::candidates;

motel_db::text_enum! {
    /// What kind of engine is tried out.
    pub enum CandidateEngine {
        /// The rules of the house.
        BuiltIn = "built_in",
        /// A language model, within the rules of the house.
        Model = "model",
    }
}

/// Who is tried out.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = candidates, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub struct Candidate {
    /// What kind of engine.
    pub engine: CandidateEngine,
    /// Which model of the service that the business has chosen; the chosen one where it is not said.
    pub model: Option<String>,
    /// Which version of the prompt for writing it is told; the active one where it is not said.
    pub prompt: Option<i32>,
}

impl Candidate {
    /// The built-in engine.
    pub fn built_in() -> Self {
        Self {
            engine: CandidateEngine::BuiltIn,
            model: None,
            prompt: None,
        }
    }

    /// The language model of the business's service that has this name; the chosen one without a name.
    pub fn model(name: Option<String>) -> Self {
        Self {
            engine: CandidateEngine::Model,
            model: name,
            prompt: None,
        }
    }

    /// The same, told this version of the prompt for writing.
    #[must_use]
    pub fn told(self, prompt: Option<i32>) -> Self {
        Self { prompt, ..self }
    }

    /// What it is called in scores and letters.
    pub fn label(&self) -> String {
        let name = match (self.engine, &self.model) {
            (CandidateEngine::BuiltIn, _) => "built in",
            (CandidateEngine::Model, Some(name)) => name,
            (CandidateEngine::Model, None) => "the chosen model",
        };
        match self.prompt {
            Some(number) => format!("{name}, prompt {number}"),
            None => name.to_owned(),
        }
    }
}

/// A candidate as it is kept, with the terms on which it is tried out.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = candidates, check_for_backend(diesel::pg::Pg))]
pub struct CandidateSettings {
    /// Who it is.
    #[diesel(embed)]
    pub candidate: Candidate,
    /// On which terms.
    #[diesel(embed)]
    pub terms: Terms,
    /// What was scored before is not counted.
    pub counted_since: DateTime<Utc>,
    rolled_back_at: Option<DateTime<Utc>>,
    rolled_back_why: Option<String>,
    rolled_back_from: Option<i16>,
    /// Grows with every change.
    pub version: i32,
    /// Who set it.
    pub set_by: Actor,
    /// When.
    pub set_at: DateTime<Utc>,
}

/// That a candidate was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolledBack {
    /// When.
    pub at: DateTime<Utc>,
    /// Why, as a clause.
    pub why: String,
    /// Of a hundred conversations, how many it had.
    pub from: i16,
}

impl CandidateSettings {
    /// Whether it was taken back, and why.
    pub fn rolled_back(&self) -> Option<RolledBack> {
        Some(RolledBack {
            at: self.rolled_back_at?,
            why: self.rolled_back_why.clone()?,
            from: self.rolled_back_from?,
        })
    }

    /// Whether it answers the guest of this conversation.
    pub fn answers(&self, conversation: ConversationId) -> bool {
        takes(self.terms.share, conversation)
    }
}
