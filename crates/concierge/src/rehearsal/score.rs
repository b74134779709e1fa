use motel_conversations::{Turn, TurnRecord};
use motel_shadow::{Candidate, Comparison, Ending, NewScore, compare, ending_of};
use serde_json::json;

use super::PastTurn;
use crate::Rehearsed;

/// How a candidate did that a guest has heard. `None` where that says nothing about it.
pub fn live_score(candidate: &Candidate, answer: &Turn, record: &TurnRecord) -> Option<NewScore> {
    let told = &record.told;
    Some(NewScore {
        conversation_id: answer.conversation_id,
        seq: answer.seq,
        live: true,
        candidate: candidate.label(),
        intent: intent(answer),
        ending: ending_of(told.fallback.as_deref())?,
        fallback: told.fallback.clone(),
        took_ms: told.took_ms,
        agreement: None,
        details: json!({}),
    })
}

/// How a candidate does that answered silently, against what the guest heard, and what differs. `None` where that says nothing about it.
pub fn silent_score(
    candidate: &Candidate,
    past: &PastTurn,
    tried: &Rehearsed,
) -> Option<(NewScore, Comparison)> {
    let ending = ending_of(tried.record.fallback.as_deref())?;
    let comparison = compare(&past.told, &tried.told);
    // What the built-in engine says in its place is not the candidate's.
    let compared = matches!(ending, Ending::Answered | Ending::House);
    let score = NewScore {
        conversation_id: past.conversation.id,
        seq: past.answer.seq,
        live: false,
        candidate: candidate.label(),
        intent: intent(&past.answer),
        ending,
        fallback: tried.record.fallback.clone(),
        took_ms: tried.record.took_ms,
        agreement: compared.then_some(comparison.agreement),
        details: json!({
            "words": tried.reply.text,
            "tools": comparison.tools,
            "figures": comparison.figures,
        }),
    };
    Some((score, comparison))
}

/// What the guest wanted, as it was understood then.
fn intent(answer: &Turn) -> String {
    answer.intent.clone().unwrap_or_else(|| "other".to_owned())
}
