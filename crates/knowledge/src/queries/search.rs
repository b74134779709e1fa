use motel_db::TenantTx;
use motel_llm::Embedder;

use super::candidates::{CandidateRow, candidates};
use super::question::weigh;
use crate::rules::{fold, needs, score};
use crate::{KnowledgeError, Passage, Tier};

/// Longer questions are cut: nobody asks more than this at once.
const LONGEST_QUESTION: usize = 1_000;
/// Below this a passage has next to nothing to do with the question and is not shown at all.
const LEAST_SCORE: f64 = 0.4;

/// The passages of the tenant that fit a question best, best first: at most `top_k`, and none when nothing fits.
///
/// Words find passages through PostgreSQL's full-text index, the question's vector through pgvector's; each one found is
/// scored by the share of the question it speaks of and by the likeness of the vectors.
///
/// # Errors
/// When the model or the database fails.
pub async fn search(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    question: &str,
    top_k: usize,
) -> Result<Vec<Passage>, KnowledgeError> {
    let question: String = question.chars().take(LONGEST_QUESTION).collect();
    let words = weigh(tx, &needs(&fold(&question))).await?;
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let vector = embedder.embed(&[question]).await?.pop().unwrap_or_default();
    let rows = candidates(tx, &words, vector, embedder.model()).await?;
    let likeness = embedder.likeness();
    let mut passages: Vec<Passage> = rows
        .into_iter()
        .map(|row| {
            let score = score(&words, &row.candidate(likeness.of(row.cosine)));
            passage(row, score)
        })
        .filter(|passage| passage.score >= LEAST_SCORE)
        .collect();
    passages.sort_by(|a, b| b.score.total_cmp(&a.score));
    passages.truncate(top_k);
    Ok(passages)
}

fn passage(row: CandidateRow, score: f64) -> Passage {
    Passage {
        document: row.document.into(),
        title: row.title,
        source: row.source,
        heading: row.heading,
        text: row.body,
        score,
        tier: Tier::of(score),
    }
}
