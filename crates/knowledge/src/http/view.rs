use chrono::{DateTime, NaiveDate, Utc};
use motel_kernel::DocumentId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Answer, Document, OpenQuestion, Origin, Passage, QuestionId, Tier, Version};

/// The answer to a search.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerView {
    /// Best first.
    pub results: Vec<ResultView>,
    /// Where they come from.
    pub answered_from: AnsweredFrom,
}

/// Where an answer comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum AnsweredFrom {
    /// The documents.
    Knowledge,
    /// The property's settings.
    Policies,
    /// Nowhere: there are no results.
    Nothing,
}

/// One piece of an answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResultView {
    /// The document's path, or `policies/` and the topic.
    pub source: String,
    /// The document's title, or the topic.
    pub title: String,
    /// The headings above the text, joined by ` › `; may be empty.
    pub heading: String,
    /// The text.
    pub text: String,
    /// How well it fits, 0 to 1. Absent for a policy: those are looked up, not ranked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// `high` above 0.7, `medium` above 0.5, else `low`. Absent for a policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
}

impl From<Answer> for AnswerView {
    fn from(answer: Answer) -> Self {
        let (results, answered_from) = match answer {
            Answer::Knowledge(passages) => (
                passages.into_iter().map(ResultView::from).collect(),
                AnsweredFrom::Knowledge,
            ),
            Answer::Policy(policy) => (
                vec![ResultView {
                    source: format!("policies/{}", policy.topic),
                    title: policy.topic.to_string(),
                    heading: String::new(),
                    text: policy.text,
                    score: None,
                    tier: None,
                }],
                AnsweredFrom::Policies,
            ),
            Answer::Nothing => (Vec::new(), AnsweredFrom::Nothing),
        };
        Self {
            results,
            answered_from,
        }
    }
}

impl From<Passage> for ResultView {
    fn from(passage: Passage) -> Self {
        Self {
            source: passage.source,
            title: passage.title,
            heading: passage.heading,
            text: passage.text,
            score: Some(rounded(passage.score)),
            tier: Some(passage.tier),
        }
    }
}

/// Three places are more than the measure is worth.
#[expect(clippy::float_arithmetic, reason = "a score is a measure")]
fn rounded(score: f64) -> f64 {
    (score * 1_000.0).round() / 1_000.0
}

/// A document that guests are answered from.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentView {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
    pub id: DocumentId,
    /// What it is known by: its path in a folder, or `uploads/` or `answers/` and a name.
    pub source: String,
    /// Its title.
    pub title: String,
    /// `folder`, `upload` or `answer`.
    #[schema(value_type = String)]
    pub origin: Origin,
    /// Counted from 1.
    pub version: i32,
    /// The last day on which guests are told it.
    pub valid_until: Option<NaiveDate>,
    /// In how many passages it can be found.
    pub passages: i32,
    /// When it was taken in as it is.
    pub taken_in_at: DateTime<Utc>,
}

impl From<Document> for DocumentView {
    fn from(document: Document) -> Self {
        Self {
            id: document.id,
            source: document.source,
            title: document.title,
            origin: document.origin,
            version: document.version,
            valid_until: document.valid_until,
            passages: document.passages,
            taken_in_at: document.taken_in_at,
        }
    }
}

/// The documents of a business.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentsView {
    /// By source.
    pub documents: Vec<DocumentView>,
}

/// A document and what it said.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentWithVersionsView {
    /// As it is.
    pub document: DocumentView,
    /// The latest first; at most ten are kept.
    pub versions: Vec<VersionView>,
}

/// What a document said.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionView {
    /// Counted from 1.
    pub version: i32,
    /// The title it had.
    pub title: String,
    /// Its text as Markdown, whatever it came as.
    pub content: String,
    /// When it was taken in.
    pub taken_in_at: DateTime<Utc>,
}

impl From<Version> for VersionView {
    fn from(version: Version) -> Self {
        Self {
            version: version.version,
            title: version.title,
            content: version.content,
            taken_in_at: version.taken_in_at,
        }
    }
}

/// What guests asked and nothing answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenQuestionsView {
    /// The most asked first.
    pub questions: Vec<OpenQuestionView>,
}

/// One such question.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenQuestionView {
    /// Which.
    #[schema(value_type = uuid::Uuid)]
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

impl From<OpenQuestion> for OpenQuestionView {
    fn from(question: OpenQuestion) -> Self {
        Self {
            id: question.id,
            wording: question.wording,
            others: question.others,
            times: question.times,
            first_asked_at: question.first_asked_at,
            last_asked_at: question.last_asked_at,
        }
    }
}
