use chrono::NaiveDate;
use motel_db::TenantTx;
use motel_llm::Embedder;

use super::candidates::{CandidateRow, candidates};
use super::question::{Weighed, weigh};
use crate::rules::{fused, reciprocal, score, wanted};
use crate::{KnowledgeError, Passage, Tier};

/// Longer questions are cut: nobody asks more than this at once.
const LONGEST_QUESTION: usize = 1_000;
/// Below this a passage has next to nothing to do with the question and is not shown at all.
const LEAST_SCORE: f64 = 0.4;

/// By what passages are put in order. Guests are answered by [`Order::Score`]; the others are there to be measured beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Words alone, as PostgreSQL ranks them.
    Words,
    /// The likeness of the vectors alone.
    Vectors,
    /// Both orders, fused by their reciprocal ranks.
    Fused,
    /// What is found either way, scored by the share of the question it speaks of; the fused order decides between equals.
    Score,
}

/// The passages of the tenant that fit a question best, best first: at most `top_k`, and none when nothing fits. Documents that are
/// over on `today` are not searched.
///
/// Words find passages through PostgreSQL's full-text search, the question's vector through pgvector's; each one found is
/// scored by the share of the question it speaks of and by the likeness of the vectors.
///
/// # Errors
/// When the model or the database fails.
pub async fn search(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    today: NaiveDate,
    question: &str,
    top_k: usize,
) -> Result<Vec<Passage>, KnowledgeError> {
    let mut passages = ordered(tx, embedder, today, question, Order::Score).await?;
    passages.retain(|passage| passage.score >= LEAST_SCORE);
    passages.truncate(top_k);
    Ok(passages)
}

/// Every passage that has anything to do with a question, in some order. To measure by; see [`search`].
///
/// # Errors
/// When the model or the database fails.
pub async fn ordered(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    today: NaiveDate,
    question: &str,
    order: Order,
) -> Result<Vec<Passage>, KnowledgeError> {
    let question: String = question.chars().take(LONGEST_QUESTION).collect();
    let weighed = weigh(tx, &wanted(&question)).await?;
    if weighed.words.is_empty() {
        return Ok(Vec::new());
    }
    let vector = embedder.embed(&[question]).await?.pop().unwrap_or_default();
    let rows = candidates(tx, &weighed, vector, embedder.model(), today).await?;
    let mut placed: Vec<([f64; 2], Passage)> = rows
        .into_iter()
        .map(|row| {
            let worth = worth(&weighed, &row, embedder, order);
            (worth, passage(row, worth))
        })
        .collect();
    placed.sort_by(|(a, _), (b, _)| b.partial_cmp(a).unwrap_or(std::cmp::Ordering::Equal));
    Ok(placed.into_iter().map(|(_, passage)| passage).collect())
}

/// What decides first, and what between equals.
fn worth(
    question: &Weighed,
    row: &CandidateRow,
    embedder: &dyn Embedder,
    order: Order,
) -> [f64; 2] {
    let rank = row.rank();
    let both = fused(rank);
    match order {
        Order::Words => [reciprocal(rank.by_word), both],
        Order::Vectors => [reciprocal(rank.by_vector), both],
        Order::Fused => [both, 0.0],
        Order::Score => {
            let likeness = embedder.likeness().of(row.cosine);
            [
                score(
                    &question.words,
                    &row.candidate(likeness, embedder.knows_meaning()),
                ),
                both,
            ]
        }
    }
}

fn passage(row: CandidateRow, [score, _]: [f64; 2]) -> Passage {
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
