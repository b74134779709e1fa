use chrono::{DateTime, Utc};
use motel_conversations::queries::{find, records, transcript};
use motel_conversations::{
    Conversation, ConversationError, GuestMessage, Speaker, Turn, TurnRecord,
};
use motel_db::TenantTx;
use motel_kernel::ConversationId;
use motel_shadow::{Told, ToolUse};
use serde_json::{Value, json};

use super::told_of;
use crate::tools::CreatePaymentLink;

/// What is written where the number of a card was.
const HIDDEN_CARD_NUMBER: &str = "[card number]";

/// A guest's words of a saved conversation, with all that was known when they were answered, and the answer.
#[derive(Debug, Clone)]
pub struct PastTurn {
    /// The conversation, with the state that was remembered before these words.
    pub conversation: Conversation,
    /// What was said up to these words, and these.
    pub before: Vec<Turn>,
    /// The words.
    pub message: GuestMessage,
    /// The answer that the guest heard.
    pub answer: Turn,
    /// What that did and quoted.
    pub told: Told,
    /// The moment of the answer, by the clock that it went by.
    pub at: DateTime<Utc>,
}

/// Why an answer cannot be rehearsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum NotRehearsed {
    /// It was given before this was kept, or was too large to be.
    #[error("what was remembered before it was not kept")]
    StateNotKept,
    /// What was hidden is nowhere to be had.
    #[error("the guest gave the number of a card")]
    CardNumber,
    /// Nothing is left of what was said.
    #[error("who spoke was erased")]
    Erased,
}

/// The answers of the front desk in a conversation, in order, each as it can be rehearsed, or why not.
///
/// # Errors
/// The conversation is not there, or the database failed.
pub async fn past_turns(
    tx: &mut TenantTx,
    id: ConversationId,
) -> Result<Vec<Result<PastTurn, NotRehearsed>>, ConversationError> {
    let conversation = find(tx, id).await?;
    let turns = transcript(tx, id).await?;
    let records = records(tx, id).await?;
    let answers = turns
        .iter()
        .filter(|turn| turn.speaker == Speaker::Concierge);
    let past = answers.map(|answer| {
        let record = records.iter().find(|record| record.seq == answer.seq);
        past_turn(&conversation, &turns, answer, record)
    });
    Ok(past.collect())
}

fn past_turn(
    conversation: &Conversation,
    turns: &[Turn],
    answer: &Turn,
    record: Option<&TurnRecord>,
) -> Result<PastTurn, NotRehearsed> {
    let record = record.ok_or(NotRehearsed::StateNotKept)?;
    let details = &record.told.details;
    if details == &json!({}) {
        return Err(NotRehearsed::Erased);
    }
    let state = details
        .get("state_before")
        .ok_or(NotRehearsed::StateNotKept)?;
    let answered = details.get("answers").and_then(Value::as_i64);
    let words = turns
        .iter()
        .find(|turn| answered == Some(turn.seq.into()) && turn.speaker == Speaker::Guest)
        .ok_or(NotRehearsed::StateNotKept)?;
    if words.text.contains(HIDDEN_CARD_NUMBER) {
        return Err(NotRehearsed::CardNumber);
    }
    let message = GuestMessage::parse(&words.text).map_err(|_| NotRehearsed::Erased)?;
    let before = turns.iter().filter(|turn| turn.seq <= words.seq);
    Ok(PastTurn {
        conversation: Conversation {
            engine_state: state.clone(),
            ..conversation.clone()
        },
        before: before.cloned().collect(),
        message,
        told: told(answer, details),
        answer: answer.clone(),
        at: record.told.recorded_at,
    })
}

/// What an answer did and quoted. A link to pay by is made after all tools, and stands with the answer alone.
fn told(answer: &Turn, details: &Value) -> Told {
    let mut told = told_of(details, &answer.text);
    let made_link = answer.actions.as_array().is_some_and(|actions| {
        let mut actions = actions.iter();
        actions.any(|action| action.get("tool") == Some(&json!(CreatePaymentLink::NAME)))
    });
    if made_link {
        told.tools.push(ToolUse {
            name: CreatePaymentLink::NAME.to_owned(),
            arguments: Value::Null,
        });
    }
    told
}
