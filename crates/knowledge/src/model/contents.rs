use chrono::NaiveDate;
use motel_kernel::DocumentId;

use super::{Format, Origin};

/// What a document says, as it comes.
#[derive(Debug, Clone, Copy)]
pub enum Contents<'a> {
    /// A file.
    File {
        /// In what form.
        format: Format,
        /// The name without its ending, which is the title where the file has none.
        name: &'a str,
        /// All of it.
        bytes: &'a [u8],
    },
    /// A question and what is said to it.
    Answer {
        /// The question.
        question: &'a str,
        /// The answer; an empty line parts paragraphs.
        answer: &'a str,
    },
}

/// A document to take in.
#[derive(Debug, Clone, Copy)]
pub struct NewDocument<'a> {
    /// What it is known by within the business, 1 to 500 characters: another of this name takes its place.
    pub source: &'a str,
    /// Where it comes from.
    pub origin: Origin,
    /// The last day on which guests are told it.
    pub valid_until: Option<NaiveDate>,
    /// What it says.
    pub contents: Contents<'a>,
}

/// What became of a document that was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Put {
    /// The document.
    pub document: DocumentId,
    /// How many passages it has.
    pub passages: usize,
    /// How many of them kept their vector, because they say what they said before.
    pub kept: usize,
    /// Whether anything of it was new.
    pub is_changed: bool,
}
