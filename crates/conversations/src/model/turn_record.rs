use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;

use super::ActionTaken;
use crate::schema::turn_records;

motel_db::text_enum! {
    /// Who found an answer.
    pub enum EngineKind {
        /// The rules of the house.
        BuiltIn = "built_in",
        /// A language model, within the rules of the house.
        Model = "model",
    }
}

/// How an answer came about, to be kept beside it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = turn_records, check_for_backend(diesel::pg::Pg))]
pub struct NewTurnRecord {
    /// Who found it.
    pub engine: EngineKind,
    /// Of the built-in engine its release; otherwise the model's name.
    pub version: String,
    /// Why a model that is switched on did not answer, in a word such as `model_timed_out`.
    pub fallback: Option<String>,
    /// Tokens a model read for it, also in vain.
    pub tokens_read: i32,
    /// Tokens it wrote.
    pub tokens_written: i32,
    /// What those cost, in millionths of the currency its service bills in.
    pub cost_micros: i64,
    /// How long the guest waited, in milliseconds.
    pub took_ms: i32,
    /// Tools with what they were given and said, passages, drafts that were not sent, how long each stage took; a JSON object.
    pub details: Value,
    /// When.
    pub recorded_at: DateTime<Utc>,
}

/// The same as it is kept.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = turn_records, check_for_backend(diesel::pg::Pg))]
pub struct TurnRecord {
    /// Which turn of its conversation it tells of.
    pub seq: i32,
    /// What it tells.
    #[diesel(embed)]
    pub told: NewTurnRecord,
}

impl TurnRecord {
    /// The tools that were used, in order, and what came of each.
    pub fn tools(&self) -> Vec<ActionTaken> {
        let tool = |used: &Value| ActionTaken {
            tool: word(&used["name"]),
            outcome: word(&used["outcome"]),
        };
        self.list("tools").map(tool).collect()
    }

    /// What a model would have said and was not let.
    pub fn withheld(&self) -> Vec<String> {
        self.list("withheld")
            .map(|draft| word(&draft["text"]))
            .collect()
    }

    fn list(&self, key: &str) -> impl Iterator<Item = &Value> {
        let list = self.told.details.get(key).and_then(Value::as_array);
        list.into_iter().flatten()
    }
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What models used for answers in a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ModelUse {
    /// Tokens read and written.
    pub tokens: i64,
    /// What they cost, in millionths of the currency the service bills in.
    pub cost_micros: i64,
}

impl NewTurnRecord {
    /// The most bytes that are kept of details; longer ones are left out altogether.
    pub const LARGEST: usize = 100_000;
}
