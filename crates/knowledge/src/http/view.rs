use serde::Serialize;
use utoipa::ToSchema;

use crate::{Answer, Passage, Tier};

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
