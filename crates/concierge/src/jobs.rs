//! What follows from events: who is tried out answers what guests were answered, after them and silently, and is scored.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use motel_conversations::queries::{load_for_update, record, turn};
use motel_db::Db;
use motel_jobs::{Delivery, Handler, HandlerError, Worker};
use motel_kernel::{Clock, ConversationId, TenantId};
use motel_shadow::commands::keep_score;
use motel_shadow::queries::candidate;
use motel_shadow::{Candidate, Ending, NewScore};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::events::AnswerToScore;
use crate::rehearsal::{PastTurn, live_score, past_turns, silent_score};
use crate::{Concierge, RehearsalError};

/// How many answers are rehearsed at a time. What comes while as many are under way is not: letters to guests are sent by the same workers, and a
/// part tells as much as all.
const AT_ONCE: usize = 4;

/// Scores who is tried out, once for each answer however often it runs.
struct ScoreAnswers {
    concierge: Concierge,
    clock: Arc<dyn Clock>,
    places: Semaphore,
}

/// Adds this crate's handler to a worker.
#[must_use]
pub fn register(worker: Worker, concierge: Concierge, clock: Arc<dyn Clock>) -> Worker {
    let score = ScoreAnswers {
        concierge,
        clock,
        places: Semaphore::new(AT_ONCE),
    };
    worker.on::<AnswerToScore>("concierge.score_answers", score)
}

#[async_trait]
impl Handler<AnswerToScore> for ScoreAnswers {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<AnswerToScore>,
    ) -> Result<(), HandlerError> {
        let AnswerToScore {
            conversation_id: id,
            seq,
        } = delivery.event;
        let mut tx = db.tenant(delivery.tenant).await?;
        let tried = candidate(&tx).await?;
        let (answer, told) = (
            turn(&mut tx, id, seq).await?,
            record(&mut tx, id, seq).await?,
        );
        tx.commit().await?;
        let (Some(tried), Some(answer), Some(told)) = (tried, answer, told) else {
            return Ok(());
        };
        let heard = told.told.details.get("candidate").and_then(Value::as_str);
        let score = match heard {
            Some(label) if label == tried.candidate.label() => {
                live_score(&tried.candidate, &answer, &told)
            }
            None if tried.terms.silent => {
                self.silently(db, delivery.tenant, (id, seq), &tried.candidate)
                    .await?
            }
            // Who answered then is tried out no more.
            _ => None,
        };
        if let Some(score) = score {
            let mut tx = db.tenant(delivery.tenant).await?;
            // Held, so that nobody is erased between the look and the score.
            load_for_update(&mut tx, id).await?;
            let left = record(&mut tx, id, seq).await?;
            if left.is_none_or(|left| left.told.details == json!({})) {
                return Ok(());
            }
            keep_score(&mut tx, score, self.clock.now()).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}

impl ScoreAnswers {
    /// Answers once more, for nobody.
    async fn silently(
        &self,
        db: &Db,
        tenant: TenantId,
        (id, seq): (ConversationId, i32),
        candidate: &Candidate,
    ) -> Result<Option<NewScore>, HandlerError> {
        let Ok(_place) = self.places.try_acquire() else {
            return Ok(None);
        };
        let mut tx = db.tenant(tenant).await?;
        let property = motel_tenancy::queries::default_property(&mut tx).await?;
        let past = past_turns(&mut tx, id).await?;
        tx.commit().await?;
        let mut past = past.into_iter().filter_map(Result::ok);
        let Some(past) = past.find(|past| past.answer.seq == seq) else {
            return Ok(None);
        };
        let began = Instant::now();
        let rehearsing = self.concierge.rehearse(tenant, &property, &past, candidate);
        Ok(match rehearsing.await {
            Ok(tried) => silent_score(candidate, &past, &tried).map(|(score, _)| score),
            Err(RehearsalError::OutOfTime) => Some(out_of_time(candidate, &past, began.elapsed())),
            // What is for guests, or cannot be asked, tells nothing of the candidate.
            Err(RehearsalError::NoModel | RehearsalError::Budget) => None,
            // Nor does a fault of our own: who rehearses makes way for guests.
            Err(RehearsalError::Fault(error)) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "a turn could not be rehearsed"
                );
                None
            }
        })
    }
}

fn out_of_time(candidate: &Candidate, past: &PastTurn, took: Duration) -> NewScore {
    NewScore {
        conversation_id: past.conversation.id,
        seq: past.answer.seq,
        live: false,
        candidate: candidate.label(),
        intent: past
            .answer
            .intent
            .clone()
            .unwrap_or_else(|| "other".to_owned()),
        ending: Ending::Failed,
        fallback: Some("out_of_time".to_owned()),
        took_ms: i32::try_from(took.as_millis()).unwrap_or(i32::MAX),
        agreement: None,
        details: json!({}),
    }
}
