use chrono::{DateTime, NaiveDate, Utc};
use diesel::{Queryable, Selectable};
use motel_kernel::DocumentId;

use crate::schema::{documents, versions};

motel_db::text_enum! {
    /// Where a document comes from.
    pub enum Origin {
        /// A folder of the operator's.
        Folder = "folder",
        /// Somebody of the team, as a file or typed.
        Upload = "upload",
        /// An answer to what guests had asked in vain.
        Answer = "answer",
    }
}

/// A document as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = documents)]
pub struct Document {
    /// Which.
    pub id: DocumentId,
    /// What it is known by within the business: its path in a folder, `uploads/` or `answers/` and a name.
    pub source: String,
    /// Its title.
    pub title: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Counted from 1.
    pub version: i32,
    /// The last day on which guests are told it.
    pub valid_until: Option<NaiveDate>,
    /// In how many passages it can be found.
    pub passages: i32,
    /// When it was taken in as it is.
    #[diesel(column_name = ingested_at)]
    pub taken_in_at: DateTime<Utc>,
}

impl Document {
    /// Whether guests are not told it any more on a day.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.valid_until.is_some_and(|last| last < today)
    }
}

/// What a document said.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = versions)]
pub struct Version {
    /// Counted from 1.
    pub version: i32,
    /// The title it had.
    pub title: String,
    /// Its text as Markdown, whatever it came as.
    pub content: String,
    /// When it was taken in.
    pub taken_in_at: DateTime<Utc>,
}
