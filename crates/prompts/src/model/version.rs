use chrono::{DateTime, Utc};
use diesel::{Queryable, Selectable};
use diesel_derive_newtype::DieselNewType;
use motel_kernel::Actor;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::schema::versions;
use crate::{PromptKind, TemplateFault, VersionNumber, vet};

/// The most characters of a template.
pub const LONGEST_TEXT: usize = 4_000;

/// The most characters of a note on it.
pub const LONGEST_NOTE: usize = 200;

/// Which saved version, for tables that point at one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, DieselNewType)]
#[serde(transparent)]
pub struct PromptVersionId(Uuid);

impl PromptVersionId {
    /// A new one, ordered by time.
    pub(crate) fn new() -> Self {
        Self(Uuid::now_v7())
    }

    /// The bare UUID, for SQL.
    pub fn as_uuid(self) -> Uuid {
        self.0
    }
}

impl From<Uuid> for PromptVersionId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

/// A version as it is rendered: also the default one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// For which conversations.
    pub kind: PromptKind,
    /// Its number.
    pub number: VersionNumber,
    /// The template.
    pub text: String,
}

/// A version that a business has saved. It never changes.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = versions, check_for_backend(diesel::pg::Pg))]
pub struct SavedVersion {
    /// Which.
    pub id: PromptVersionId,
    /// For which conversations.
    pub kind: PromptKind,
    /// Its number.
    pub number: VersionNumber,
    /// The template.
    pub text: String,
    /// What is different about it, in a few words; may be empty.
    pub note: String,
    /// Who saved it.
    pub saved_by: Actor,
    /// When.
    pub saved_at: DateTime<Utc>,
}

/// A template that may be kept, and a note on it. Lengths are the border's to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVersion {
    kind: PromptKind,
    text: String,
    note: String,
}

impl NewVersion {
    /// Looks the template through.
    ///
    /// # Errors
    /// What is wrong with it, and in which line.
    pub fn parse(kind: PromptKind, text: &str, note: &str) -> Result<Self, TemplateFault> {
        // Browsers end lines as typewriters did.
        let (text, note) = (text.replace('\r', ""), note.replace('\r', ""));
        vet(kind, &text)?;
        Ok(Self { kind, text, note })
    }

    pub(crate) fn kind(&self) -> PromptKind {
        self.kind
    }

    /// The template.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn note(&self) -> &str {
        &self.note
    }
}
