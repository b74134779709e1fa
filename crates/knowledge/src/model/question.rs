use chrono::{DateTime, Utc};
use diesel::{Queryable, Selectable};
use diesel_derive_newtype::DieselNewType;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::schema::questions;

/// Which question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, DieselNewType)]
#[serde(transparent)]
pub struct QuestionId(Uuid);

impl From<Uuid> for QuestionId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl QuestionId {
    /// The bare UUID, for SQL and addresses.
    pub fn as_uuid(self) -> Uuid {
        self.0
    }
}

motel_db::text_enum! {
    /// Where a question stands.
    pub(crate) enum QuestionStatus {
        /// Nobody has answered it.
        Open = "open",
        /// Its answer is a document now.
        Answered = "answered",
        /// It is no question for this house.
        Dismissed = "dismissed",
    }
}

/// What guests asked and nothing answered, once however often and in whatever words.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = questions)]
pub struct OpenQuestion {
    /// Which.
    pub id: QuestionId,
    /// As it was put first, without addresses and long numbers.
    pub wording: String,
    /// Other ways it was put, at most five.
    pub others: Vec<String>,
    /// How often it was asked.
    pub times: i32,
    /// When first.
    pub first_asked_at: DateTime<Utc>,
    /// When last.
    pub last_asked_at: DateTime<Utc>,
}
