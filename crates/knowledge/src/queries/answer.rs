use chrono::NaiveDate;
use motel_db::TenantTx;
use motel_llm::Embedder;
use motel_tenancy::Policies;

use super::search;
use crate::{Answer, KnowledgeError, Tier};

/// What the business says to a question: its documents where they have something to rely on, else its policies, else
/// whatever passages share words with the question.
///
/// # Errors
/// When the model or the database fails.
pub async fn answer(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    policies: &Policies,
    today: NaiveDate,
    question: &str,
    top_k: usize,
) -> Result<Answer, KnowledgeError> {
    let passages = search(tx, embedder, today, question, top_k).await?;
    if passages.first().is_some_and(|best| best.tier > Tier::Low) {
        return Ok(Answer::Knowledge(passages));
    }
    let policy = Policies::match_question(question).and_then(|topic| policies.answer(topic));
    Ok(match policy {
        Some(policy) => Answer::Policy(policy),
        None if passages.is_empty() => Answer::Nothing,
        None => Answer::Knowledge(passages),
    })
}
