use motel_kernel::DocumentId;
use serde::Serialize;
use utoipa::ToSchema;

/// A piece of a document that may answer a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The document it comes from.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// Its path inside the folder it was ingested from.
    pub source: String,
    /// The headings above the passage below the title, joined by ` › `; empty for a document's opening words.
    pub heading: String,
    /// The passage, paragraphs parted by an empty line.
    pub text: String,
    /// How well it fits the question: 0 not at all, 1 completely.
    pub score: f64,
    /// The score in one word.
    pub tier: Tier,
}

/// How much a passage's score is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// At most 0.5: it shares some words with the question.
    Low,
    /// More than 0.5: it is probably about the same thing.
    Medium,
    /// More than 0.7: it can be given as the answer.
    High,
}

impl Tier {
    /// The tier of a score.
    ///
    /// ```
    /// use motel_knowledge::Tier;
    ///
    /// assert_eq!([0.71, 0.7, 0.5].map(Tier::of), [Tier::High, Tier::Medium, Tier::Low]);
    /// ```
    pub fn of(score: f64) -> Self {
        if score > 0.7 {
            Self::High
        } else if score > 0.5 {
            Self::Medium
        } else {
            Self::Low
        }
    }
}
