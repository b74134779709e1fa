//! What follows from events: who is tried out answers what guests were answered, after them and silently, and is scored.

use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use motel_conversations::queries::{record, turn};
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

/// An attempt of a job ends soon after.
const PATIENCE: Duration = Duration::from_secs(45);

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
        Ok(match tokio::time::timeout(PATIENCE, rehearsing).await {
            Ok(Ok(tried)) => silent_score(candidate, &past, &tried).map(|(score, _)| score),
            // Nothing is to be had of a service that nobody has named any more.
            Ok(Err(RehearsalError::NoModel)) => None,
            Ok(Err(RehearsalError::Fault(error))) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "a turn could not be rehearsed"
                );
                Some(failed(candidate, &past, "internal", began.elapsed()))
            }
            Err(_) => Some(failed(candidate, &past, "out_of_time", PATIENCE)),
        })
    }
}

fn failed(candidate: &Candidate, past: &PastTurn, why: &str, took: Duration) -> NewScore {
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
        fallback: Some(why.to_owned()),
        took_ms: i32::try_from(took.as_millis()).unwrap_or(i32::MAX),
        agreement: None,
        details: json!({}),
    }
}
